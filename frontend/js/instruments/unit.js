// The page of a unit needs only its style: the instrument brings it where units are shown.
import "../../css/unit.css";
