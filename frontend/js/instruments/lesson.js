// A lesson's page: only the css of its list of presence, which no other page has.
import "../../css/lesson.css";
