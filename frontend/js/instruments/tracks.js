import "../../css/tracks.css";
