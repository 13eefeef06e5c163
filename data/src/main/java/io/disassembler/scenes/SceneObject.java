package io.disassembler.scenes;

/** Something that stands on the ground. */
interface SceneObject {
  /** How far ahead of the camera its nearest part is, in metres: what is nearer is drawn later. */
  double distance();

  void draw(Canvas canvas);
}
