package io.disassembler.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.Size;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StreetSceneTest {
  private static final Size SIZE = new Size(96, 128);

  @Test
  void sameSeedAndNumberGiveTheSameBytes() {
    StreetScene first = StreetScene.draw(SIZE, 5, 2);
    StreetScene again = StreetScene.draw(SIZE, 5, 2);
    assertThat(again.labels()).isEqualTo(first.labels());
    assertThat(pixels(again.picture())).isEqualTo(pixels(first.picture()));
  }

  @Test
  void otherSeedsAndNumbersGiveOtherScenes() {
    int[] scene = pixels(StreetScene.draw(SIZE, 5, 2).picture());
    assertThat(pixels(StreetScene.draw(SIZE, 5, 3).picture())).isNotEqualTo(scene);
    assertThat(pixels(StreetScene.draw(SIZE, 6, 2).picture())).isNotEqualTo(scene);
    assertThat(pixels(StreetScene.draw(SIZE, 6, 1).picture())).isNotEqualTo(scene);
  }

  @Test
  void afterSomeScenesEveryCategoryWasSeen() {
    Set<Byte> seen = new TreeSet<>();
    for (int number = 0; number < 12; number++) {
      for (byte label : StreetScene.draw(SIZE, 1, number).labels()) {
        seen.add(label);
      }
    }
    assertThat(seen).hasSize(SceneCategory.values().length);
    assertThat(seen).allMatch(label -> label >= 0 && label < SceneCategory.values().length);
  }

  /** What is drawn last hides what is behind it, in the picture as in the mask. */
  @Test
  void maskAndPictureAgreeWhereAPersonStandsInFrontOfACar() {
    Camera camera = new Camera(1.6, 130, 45, 64);
    try (Canvas canvas = new Canvas(96, 128, camera, 0, light())) {
      Rgb blue = new Rgb(0, 0, 1);
      Rgb red = new Rgb(1, 0, 0);
      new Car(new Frame(0, 9, 0), blue, 4.5, 1.8, 1.2, 0.8, 0.9, 1.5, false).draw(canvas);
      new Person(0, 5, 1.7, 0.1, red, red, red, red, false).draw(canvas);
      byte[] labels = canvas.labels();
      int persons = 0;
      for (int pixel = 0; pixel < labels.length; pixel++) {
        if (labels[pixel] == SceneCategory.PERSON.maskValue() && inside(labels, pixel)) {
          persons++;
          int color = canvas.picture().getRGB(pixel % 128, pixel / 128);
          assertThat(color >> 16 & 0xff).isGreaterThan(color & 0xff);
        }
      }
      assertThat(persons).isGreaterThan(50);
      assertThat(labels).contains((byte) SceneCategory.CAR.maskValue());
    }
  }

  private static Light light() {
    Rgb white = new Rgb(1, 1, 1);
    return new Light(white, white, 1e6, white, new Rgb(0, 0, 0), new Point(0, 1, 0), 0, 0);
  }

  /** Whether the pixels around have the same category. */
  private static boolean inside(byte[] labels, int pixel) {
    int[] around = {-129, -128, -127, -1, 1, 127, 128, 129};
    return Arrays.stream(around)
        .map(step -> pixel + step)
        .allMatch(other -> other >= 0 && other < labels.length && labels[other] == labels[pixel]);
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
