package io.disassembler.scenes;

import io.disassembler.scenes.Frame.Block;
import io.disassembler.scenes.Frame.Slab;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A car, an estate or a van.
 *
 * @param frame where it stands and which way it faces
 * @param color of its paint
 * @param length over all
 * @param width over all
 * @param bonnet length of what is before the windscreen
 * @param boot length of what is behind the rear window
 * @param waist height at which the windows begin
 * @param roof height over all
 * @param lit whether its lamps are on
 */
record Car(
    Frame frame,
    Rgb color,
    double length,
    double width,
    double bonnet,
    double boot,
    double waist,
    double roof,
    boolean lit)
    implements SceneObject {
  private static final int[] PAINTS = {
    0xb3272d, 0x1f4e8c, 0xd9dcdf, 0xe9e9e6, 0x23262a, 0x6f757b, 0x8d9399, 0x2d6a4f, 0xd9a521,
    0x7a2e3a, 0x3f7fb5, 0xc75b28, 0x4b4f57, 0xa7b0a0
  };
  private static final Rgb GLASS = Rgb.of(0x26323d);
  private static final Rgb TYRE = Rgb.of(0x17181a);
  private static final Rgb RIM = Rgb.of(0x9a9ea3);
  private static final double CLEARANCE = 0.24;
  private static final int WHEEL_CORNERS = 14;

  static Car random(SplittableRandom random, Frame frame, Light light) {
    Rgb color = Rgb.oneOf(random, 0.05, PAINTS);
    boolean lit = random.nextDouble() < 0.1 + light.night();
    double size = random.nextDouble(0.92, 1.08);
    return switch (random.nextInt(5)) {
      case 0, 1 ->
          new Car(frame, color, 4.5 * size, 1.8, 1.25, 0.85, 0.92 * size, 1.45 * size, lit);
      case 2, 3 -> new Car(frame, color, 4.0 * size, 1.75, 1.1, 0.2, 0.95 * size, 1.5 * size, lit);
      default -> new Car(frame, color, 5.0 * size, 1.95, 0.6, 0.08, 1.15 * size, 2.15 * size, lit);
    };
  }

  @Override
  public double distance() {
    return Math.min(end(-1), end(1));
  }

  private double end(int sign) {
    return frame.at(sign * length / 2, 0, 0).z();
  }

  @Override
  public void draw(Canvas canvas) {
    boolean along = Math.abs(Math.sin(frame.heading())) < 0.7;
    canvas.shadow(
        frame.x(), frame.z(), (along ? width : length) * 1.15, (along ? length : width) * 1.1);
    double half = length / 2;
    Block body =
        frame.block(
            new Slab(-half, half, width, CLEARANCE),
            new Slab(-half + 0.06, half - 0.08, width * 0.97, waist));
    tyres(canvas);
    for (Face face : List.of(body.top(), body.left(), body.right())) {
      side(canvas, face);
    }
    for (Face face : List.of(body.front(), body.back())) {
      end(canvas, face, face.equals(body.front()));
    }
    wheels(canvas, body);
    cabin(canvas, half);
  }

  private void side(Canvas canvas, Face face) {
    if (canvas.face(face, color, SceneCategory.CAR) && Math.abs(face.normal().y()) < 0.5) {
      canvas.detail(face.part(0, 0, 1, 0.14), color.times(0.45));
      canvas.detail(face.part(0.02, 0.55, 0.98, 0.6), color.times(1.18));
      canvas.detail(face.part(0.495, 0.15, 0.505, 1), color.times(0.6));
    }
  }

  private void end(Canvas canvas, Face face, boolean front) {
    if (!canvas.face(face, color.times(0.96), SceneCategory.CAR)) {
      return;
    }
    canvas.detail(face.part(0, 0, 1, 0.24), Rgb.of(0x24262a));
    canvas.detail(face.part(0.36, 0.3, 0.64, 0.46), Rgb.of(front ? 0x1c1d20 : 0xe6e6dc));
    Rgb lamp = front ? Rgb.of(0xe8ecef) : Rgb.of(0xa3161c);
    for (Face part : List.of(face.part(0.03, 0.58, 0.2, 0.82), face.part(0.8, 0.58, 0.97, 0.82))) {
      if (lit) {
        canvas.glow(part, front ? Rgb.of(0xfffbe0) : Rgb.of(0xff3a35));
      } else {
        canvas.detail(part, lamp);
      }
    }
  }

  /** The wheels seen below the body. */
  private void tyres(Canvas canvas) {
    for (double along : new double[] {-0.32, 0.32}) {
      for (double across : new double[] {-0.42, 0.42}) {
        double back = along * length - 0.22;
        Block tyre =
            new Frame(
                    frame.at(0, across * width, 0).x(),
                    frame.at(0, across * width, 0).z(),
                    frame.heading())
                .block(new Slab(back, back + 0.44, 0.2, 0), new Slab(back, back + 0.44, 0.2, 0.4));
        canvas.face(tyre.front(), TYRE, SceneCategory.CAR);
        canvas.face(tyre.back(), TYRE, SceneCategory.CAR);
      }
    }
  }

  private void wheels(Canvas canvas, Block body) {
    for (int sign : new int[] {-1, 1}) {
      if (!(sign < 0 ? body.left() : body.right()).facing(canvas.camera().eye())) {
        continue;
      }
      for (double along : new double[] {-0.31, 0.31}) {
        disc(canvas, along * length, sign * width * 0.505, 0.34, TYRE);
        disc(canvas, along * length, sign * width * 0.507, 0.2, RIM);
      }
    }
  }

  private void disc(Canvas canvas, double along, double across, double radius, Rgb paint) {
    List<Point> rim = new ArrayList<>();
    for (int corner = 0; corner < WHEEL_CORNERS; corner++) {
      double angle = 2 * Math.PI * corner / WHEEL_CORNERS;
      rim.add(frame.at(along + radius * Math.cos(angle), across, 0.34 + radius * Math.sin(angle)));
    }
    canvas.ground(rim, canvas.light().on(paint, frame.z()).opaque(), SceneCategory.CAR);
  }

  private void cabin(Canvas canvas, double half) {
    double slope = (roof - waist) * (bonnet > 1 ? 0.9 : 0.35);
    Block cabin =
        frame.block(
            new Slab(-half + boot, half - bonnet, width * 0.95, waist),
            new Slab(-half + boot + slope * 0.6, half - bonnet - slope, width * 0.8, roof));
    canvas.face(cabin.top(), color.times(1.05), SceneCategory.CAR);
    for (Face face : List.of(cabin.left(), cabin.right(), cabin.front(), cabin.back())) {
      if (!canvas.face(face, color, SceneCategory.CAR)) {
        continue;
      }
      boolean end = face.equals(cabin.front()) || face.equals(cabin.back());
      if (end) {
        window(canvas, face.part(0.06, 0.08, 0.94, 0.88));
      } else {
        window(canvas, face.part(0.06, 0.08, 0.47, 0.86));
        window(canvas, face.part(0.52, 0.08, 0.94, 0.86));
      }
    }
  }

  private static void window(Canvas canvas, Face glass) {
    canvas.detail(glass, GLASS);
    canvas.detail(
        new Face(glass.at(0.1, 0), glass.at(0.3, 0), glass.at(0.75, 1), glass.at(0.5, 1)),
        GLASS.mix(canvas.light().zenith(), 0.4));
  }
}
