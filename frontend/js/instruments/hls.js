// The HLS player of the films: a bundle of its own, loaded when somebody presses play.
export { default } from "hls.js/light";
