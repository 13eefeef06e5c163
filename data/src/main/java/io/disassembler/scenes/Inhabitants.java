package io.disassembler.scenes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Decides on what stands beside and on a street. */
final class Inhabitants {
  private static final double FARTHEST = 110;

  private final Street street;
  private final Light light;
  private final SplittableRandom random;

  Inhabitants(Street street, Light light, SplittableRandom random) {
    this.street = street;
    this.light = light;
    this.random = random;
  }

  /** Houses and what is behind the pavements, the far ones first. */
  List<SceneObject> background() {
    List<SceneObject> objects = new ArrayList<>();
    double tall = random.nextDouble() < 0.5 ? 9 : random.nextDouble(12, 32);
    for (int side : new int[] {-1, 1}) {
      double gaps = random.nextDouble() < 0.4 ? 0.05 : random.nextDouble(0.2, 0.9);
      double edge = side * street.houses(side);
      for (double along = random.nextDouble(-12, 3); along < FARTHEST; ) {
        double length = random.nextDouble(8, 24);
        if (random.nextDouble() < gaps) {
          for (int tree = 0; tree < 3; tree++) {
            add(
                objects,
                Tree.random(
                    random,
                    street.at(edge + side * random.nextDouble(0.5, 9), along).x(),
                    along + random.nextDouble(length)));
          }
        } else {
          double height = random.nextDouble(0.55, 1.1) * tall;
          objects.add(
              Building.random(
                  random,
                  street.at(edge, along),
                  street.at(edge, along + length),
                  height,
                  side,
                  light));
        }
        along += length + (random.nextDouble() < 0.6 ? 0 : random.nextDouble(1, 6));
      }
    }
    return sorted(objects);
  }

  /** What stands on pavements and the road, the far ones first. */
  List<SceneObject> foreground() {
    List<SceneObject> objects = new ArrayList<>();
    for (int side : new int[] {-1, 1}) {
      double kerb = street.kerb();
      double trees = random.nextDouble() < 0.5 ? 0 : random.nextDouble(0.1, 0.6);
      for (double along = random.nextDouble(5, 12); along < FARTHEST; ) {
        double across = side * (kerb + random.nextDouble(0.4, 0.9));
        if (random.nextDouble() < trees) {
          add(objects, Tree.random(random, street.at(across, along).x(), along));
        } else if (random.nextDouble() < 0.55) {
          add(objects, Post.random(random, street.at(across, along).x(), along));
        }
        along += random.nextDouble(4, 14);
      }
    }
    parked(objects);
    driving(objects);
    people(objects);
    return sorted(objects);
  }

  private void parked(List<SceneObject> objects) {
    for (int side : new int[] {-1, 1}) {
      double density = random.nextDouble() < 0.35 ? 0 : random.nextDouble(0.3, 0.9);
      for (double along = random.nextDouble(5, 14);
          along < 80;
          along += random.nextDouble(5.4, 8)) {
        if (random.nextDouble() < density) {
          objects.add(car(side * (street.kerb() - 1.05), along, random.nextBoolean()));
        }
      }
    }
  }

  private void driving(List<SceneObject> objects) {
    int cars = random.nextInt(4);
    for (int number = 0; number < cars; number++) {
      double along = random.nextDouble(8, 70);
      if (random.nextDouble() < 0.12) {
        Point place = street.at(random.nextDouble(-0.6, 0.6) * street.kerb(), along);
        double heading = random.nextDouble(1.2, 1.9) * (random.nextBoolean() ? 1 : -1);
        objects.add(Car.random(random, new Frame(place.x(), along, heading), light));
      } else {
        boolean same = random.nextBoolean();
        objects.add(car((same ? 0.35 : -0.35) * street.kerb(), along, same));
      }
    }
  }

  private Car car(double across, double along, boolean away) {
    double heading = street.heading(along) + random.nextDouble(-0.03, 0.03) + (away ? 0 : Math.PI);
    return Car.random(random, new Frame(street.at(across, along).x(), along, heading), light);
  }

  private void people(List<SceneObject> objects) {
    int groups = random.nextInt(9);
    for (int group = 0; group < groups; group++) {
      double along = 4.5 + 26 * random.nextDouble() * random.nextDouble();
      int side = random.nextBoolean() ? -1 : 1;
      double across =
          random.nextDouble() < 0.2
              ? random.nextDouble(-0.8, 0.8) * street.kerb()
              : side * (street.kerb() + random.nextDouble(0.3, 0.95) * street.pavement(side));
      int size = random.nextDouble() < 0.65 ? 1 : random.nextInt(2, 4);
      for (int person = 0; person < size; person++) {
        double beside = along + random.nextDouble(-0.5, 0.5);
        double x = street.at(across + 0.65 * person, beside).x();
        add(objects, Person.random(random, x, beside));
      }
    }
  }

  /** What is beside or behind the camera is not seen and would be drawn too large. */
  private static void add(List<SceneObject> objects, SceneObject object) {
    if (object.distance() > (object instanceof Tree ? 6 : 3.5)) {
      objects.add(object);
    }
  }

  private static List<SceneObject> sorted(List<SceneObject> objects) {
    objects.removeIf(object -> !(object instanceof Building) && object.distance() < 2);
    objects.sort(Comparator.comparingDouble(SceneObject::distance).reversed());
    return objects;
  }
}
