// The viewer of 3D models: a bundle of its own, loaded when somebody asks for a model.
import "@google/model-viewer";
