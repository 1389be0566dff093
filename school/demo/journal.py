"""Four months of columns, marks, presence and homework of the demo school."""

import hashlib
import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from school.classes.models import Absence, PresenceTaken
from school.core import clock
from school.core.records import canonical_event
from school.demo.classes import DemoCourse, DemoLesson
from school.demo.curriculum import ANY_HOMEWORK, HOMEWORK, TALKS
from school.demo.people import Person
from school.demo.rows import Rows
from school.gradebook.models import Column, Mark, SubjectTotal, TermMark
from school.homework.models import Assignment, Homework, Submission
