// The diary is a page, not an instrument: only its css, and the way to today on a phone.
import "../../css/diary.css";

const today = document.querySelector(".d-today");
if (today && !location.hash && matchMedia("(max-width: 47.99em)").matches) today.scrollIntoView({ block: "start" });
