package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that take volumes, N x C x D x H x W. */
class VolumesTest {
  @TempDir private Path folder = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void make() throws IOException {
    model = Volumes.network(folder);
  }

  private Object[] images(String form) throws IOException {
    Volumes.draw(folder, form);
    return new Object[] {
      "--images", folder.resolve("images"), "--masks", folder.resolve("masks"), "--threads", 1
    };
  }

  @Test
  void cutIsMaskedAndAsInOnnxRuntime() throws IOException {
    Invocation.succeed("check", Shared.file("cases/formats/volume-3d.onnx"), "--cuts", 3);
    Invocation.succeed("check", model, "--cuts", 3, "--size", "8x8x8");
    assertThat(Invocation.succeed("inspect", model).out())
        .contains("at 8 x 8 x 8 (depth x height x width)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nii", "nii.gz"})
  void niftiGivesTheProfileOfNpy(String form, @TempDir Path other) throws IOException {
    Volumes.draw(folder, form);
    Volumes.draw(other, "npy");
    try (SegmentationNetwork network = SegmentationNetwork.at(model).threads(1).open()) {
      Profile found = network.profile(images(folder)).run();
      Profile expected = network.profile(images(other)).run();
      // 10 x 12 x 9 in patches of 8 x 8 x 8.
      assertThat(found.images()).hasSize(8 * Volumes.COUNT).contains("case0", "case0#2");
      assertThat(found.sha256()).isEqualTo(expected.sha256());
    }
  }

  private static ImageSet images(Path folder) {
    return ImageSet.folder(folder.resolve("images"), folder.resolve("masks"));
  }

  @Test
  void closedLoopRecoversWhatACutLoses() throws IOException {
    Object[] images = images("nii.gz");
    Path profile = folder.resolve("profile.h5");
    Invocation.succeed(
        Invocation.join(
            new Object[] {"profile", model}, Invocation.join(images, "--output", profile)));
    double none = retention(profile, images, "--recovery", "none");
    double ridge = retention(profile, images, "--recovery", "ridge");
    double closed =
        retention(profile, images, "--images", folder.resolve("images"), "--calibrate", 40);
    assertThat(none).isLessThan(closed - 0.02);
    assertThat(ridge).isLessThanOrEqualTo(closed);
    assertThat(closed).isGreaterThan(0.95);
  }

  private double retention(Path profile, Object[] images, Object... how) throws IOException {
    Path small = folder.resolve("small.onnx");
    Path json = folder.resolve("evaluation.json");
    Path page = folder.resolve("page.html");
    for (Path earlier : List.of(small, json, page)) {
      Files.deleteIfExists(earlier);
    }
    Invocation.succeed(
        Invocation.join(
            new Object[] {"extract", model, "--profile", profile, "--threads", 1},
            Invocation.join(how, "--categories", "bright", "--keep-macs", 0.4, "--output", small)));
    assertThat(OnnxReader.read(small).inputs()).isEqualTo(OnnxReader.read(model).inputs());
    Invocation.succeed(
        Invocation.join(
            new Object[] {"evaluate", model, small},
            Invocation.join(images, "--json", json, "--report", page)));
    return JsonFile.read(json).at("/networks/0/categories/0/retention").doubleValue();
  }

  @Test
  void everyVoxelCountsOnce() throws IOException {
    Path json = folder.resolve("evaluation.json");
    Object[] images = images("npy");
    Invocation.succeed(
        Invocation.join(new Object[] {"evaluate", model}, Invocation.join(images, "--json", json)));
    JsonNode found = JsonFile.read(json).at("/reference/categories");
    long[][] counts = new long[3][2];
    try (SegmentationNetwork network = SegmentationNetwork.at(model).threads(1).open()) {
      List<int[]> masks = masks();
      for (int number = 0; number < Volumes.COUNT; number++) {
        int[] predicted = network.segment(folder.resolve("images/case" + number + ".npy"));
        assertThat(predicted).hasSize(Volumes.DEPTH * Volumes.HEIGHT * Volumes.WIDTH);
        for (int i = 0; i < predicted.length; i++) {
          for (int c = 0; c < 3; c++) {
            boolean one = predicted[i] == c;
            boolean other = masks.get(number)[i] == c;
            counts[c][0] += one && other ? 1 : 0;
            counts[c][1] += one || other ? 1 : 0;
          }
        }
      }
    }
    for (int c = 0; c < 3; c++) {
      double iou = (double) counts[c][0] / counts[c][1];
      assertThat(iou).isGreaterThan(0.8);
      assertThat(found.get(c).at("/iou").doubleValue()).isCloseTo(iou, within(1e-9));
    }
  }

  /** The numbers of the masks, read here without the code under test. */
  private List<int[]> masks() throws IOException {
    List<int[]> masks = new ArrayList<>();
    for (int number = 0; number < Volumes.COUNT; number++) {
      masks.add(Volumes.numbers(folder.resolve("masks/case" + number + ".npy")));
    }
    return masks;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile --size 8x8 | takes volumes; expected depth, height and width, found the size 8 x 8",
        "extract --categories bright --sample run.py --keep-macs 0.5 | no program is written for images of bands",
        "finetune --epochs 1 | takes volumes; networks of images only are trained",
        "extract --categories bright --recovery tuned --keep-macs 0.5 | takes volumes; networks of images only are trained",
      })
  void whatIsNotDoneWithVolumesIsSaidInOneLine(String command, String said) throws IOException {
    Object[] images = images("npy");
    String[] words = command.split(" ", -1);
    Object[] first = new Object[words.length + 1];
    first[0] = words[0];
    first[1] = model;
    System.arraycopy(words, 1, first, 2, words.length - 1);
    Invocation refused =
        Invocation.of(
            Invocation.join(first, Invocation.join(images, "--output", folder.resolve("out"))));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(said).hasLineCount(1);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() throws IOException {
    Object[] images = images("npy");
    Volumes.smaller(folder.resolve("masks/case1.npy"));
    Invocation refused =
        Invocation.of(
            Invocation.join(
                new Object[] {"profile", model},
                Invocation.join(images, "--output", folder.resolve("out.h5"))));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("case1.npy", "expected a mask as large as its volume", "10 x 12 x 9")
        .hasLineCount(1);
  }
}
