"""Small hand-written sets in the shapes that programs write, with Russian people."""

MANIFEST_11 = """propertyName,value
manifest.version,1.0
oneroster.version,1.1
file.academicSessions,bulk
file.orgs,bulk
file.courses,bulk
file.classes,bulk
file.users,bulk
file.enrollments,bulk
file.demographics,bulk
source.systemName,Учительская
source.systemCode,teachers-room
"""

ONEROSTER_11: dict[str, str] = {
    "manifest.csv": MANIFEST_11,
    "orgs.csv": """sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
school-9,,,Школа № 9009,school,9009,
""",
    "academicSessions.csv": """sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
year-26,,,2026/27,schoolYear,2026-09-01,2027-05-31,,2027
quarter-1,,,1-я четверть,gradingPeriod,2026-09-01,2026-10-25,year-26,2027
""",
    "courses.csv": """sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
course-alg7,,,year-26,Алгебра,АЛГ7,7,school-9,Алгебра,
""",
    "classes.csv": """sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
class-7b,,,7 «Б»,7,,7Б,homeroom,204,school-9,quarter-1,,,
alg-7b,,,7 «Б» алгебра,07,course-alg7,,scheduled,204,school-9,quarter-1,Алгебра,,
""",
    "users.csv": """sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
t-1,,,true,school-9,teacher,o.petrova,,Ольга,Петрова,Сергеевна,,o.petrova@example.org,,,,,
p-1,,,true,school-9,student,alyona,,Алёна,Воробьёва,Игоревна,,,,,m-1,7,
p-2,,,true,school-9,student,misha,,Михаил,Зайцев,,,,,,,7,
m-1,,,true,school-9,parent,i.vorobyova,,Ирина,Воробьёва,Павловна,,,,,p-1,,
""",
    "enrollments.csv": """sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e-1,,,class-7b,school-9,p-1,student,true,2026-09-01,2027-05-31
e-2,,,class-7b,school-9,p-2,student,true,2026-09-01,2027-05-31
e-3,,,alg-7b,school-9,p-1,student,false,,
e-4,,,alg-7b,school-9,p-2,student,false,,
e-5,,,alg-7b,school-9,t-1,teacher,true,,
""",
    "demographics.csv": """sourcedId,status,dateLastModified,birthDate,sex
p-1,,,2013-04-17,female
""",
}

ONEROSTER_10: dict[str, str] = {
    "orgs.csv": """sourcedId,status,dateLastModified,name,type,identifier,metadata.classification,metadata.gender,metadata.boarding,parentSourcedId
school-9,,,Школа № 9009,school,9009,public,mixed,FALSE,
""",
    "academicSessions.csv": """sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId
term-1,,,1-я четверть,term,2026-09-01,2026-10-25,
""",
    "courses.csv": """sourcedId,status,dateLastModified,schoolYearId,metadata.duration,title,courseCode,grade,orgSourcedId,subjects
course-1,,,,год,Физика,ФИЗ7,7,school-9,Физика
""",
    "classes.csv": """sourcedId,status,dateLastModified,title,grade,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedId,subjects
phys-7a,,,7 «А» физика,7,course-1,,scheduled,,school-9,term-1,Физика
""",
    "users.csv": """sourcedId,status,dateLastModified,orgSourcedIds,role,username,userId,givenName,familyName,identifier,email,sms,phone,agents
p-1,,,school-9,student,alyona,{ESIA:1},Алёна,Воробьёва,,,,,m-1
m-1,,,school-9,relative,i.vorobyova,,Ирина,Воробьёва,,,,,p-1
t-1,,,school-9,teacher,i.lukin,,Игорь,Лукин,,,,,
""",
    "enrollments.csv": """sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,status,dateLastModified,primary
e-1,phys-7a,school-9,p-1,student,,,FALSE
e-2,phys-7a,school-9,t-1,teacher,,,TRUE
""",
}

ONEROSTER_12: dict[str, str] = {
    **{name: text for name, text in ONEROSTER_11.items() if name not in {"manifest.csv", "users.csv"}},
    "manifest.csv": MANIFEST_11.replace("oneroster.version,1.1", "oneroster.version,1.2")
    + "file.roles,bulk\nfile.userProfiles,bulk\n",
    "users.csv": """sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns
t-1,,,true,o.petrova,,Ольга,Петрова,Сергеевна,,,,,,,,,,,,,school-9,
p-1,,,true,alyona,,Алёна,Воробьёва,Игоревна,,,,,m-1,7,,,,,,,school-9,
p-2,,,true,misha,,Михаил,Зайцев,,,,,,,7,,,,,,,school-9,
m-1,,,true,i.vorobyova,,Ирина,Воробьёва,Павловна,,,,,,,,,,,,,school-9,
""",
    "roles.csv": """sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
r-0,,,t-1,secondary,parent,,,school-9,
r-1,,,t-1,primary,teacher,2026-09-01,,school-9,
r-2,,,p-1,primary,student,,,school-9,
r-3,,,p-2,primary,student,,,school-9,
r-4,,,m-1,primary,guardian,,,school-9,
r-5,tobedeleted,,m-1,secondary,teacher,,,school-9,
""",
    "userProfiles.csv": """sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,credentialType,username,password
up-1,,,p-1,lms,v,a,,plain,alyona,Secret1
""",
}

MOODLE = """username,password,firstname,lastname,email,course1,group1,role1,course2,type2,cohort1,profile_field_birthdate,suspended
a.vorobyova,Secret1,Алёна,Воробьёва,alyona@example.org,alg7,Группа 1,student,phys7,1,7Б,17.04.2013,0
o.petrova,Secret2,Ольга,Петрова,petrova@example.org,alg7,,editingteacher,,,,,0
m.zaytsev,,Михаил,Зайцев,,alg7,Группа 2,,,,7Б,,1
"""


def as_bytes(texts: dict[str, str]) -> dict[str, bytes]:
    """The set as it lies on a disk."""
    return {name: text.encode() for name, text in texts.items()}
