import "../../css/game.css";
