package io.disassembler.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.cli.Invocation;
import io.disassembler.cli.Main;
import io.disassembler.cli.Scenes;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.layout.DataSets;
import io.disassembler.onnx.OnnxReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataSetOptionTest {
  private static final int SIDE = 32;
  private static final int PERSON = 15;
  private static final int VOID = 255;

  @TempDir private Path folder = Path.of("");

  @Test
  void everyCommandThatTakesImagesListsTheLayouts() {
    for (String command :
        List.of("profile", "extract", "evaluate", "compare", "explore", "train", "finetune")) {
      // Lines may be broken anywhere.
      String help = Invocation.of("help", command).out().replaceAll("\\s+", "");
      assertThat(help).as(command).contains(DataSets.forms());
    }
  }

  @Test
  void trainsOnADataSetWithTheNamesThatItFixes() throws IOException {
    voc("train", "a", "b");
    voc("val", "c");
    Path output = folder.resolve("net.onnx");
    Invocation train =
        Invocation.of(
            "train",
            "unet",
            "--width",
            "0.125",
            "--size",
            SIDE + "x" + SIDE,
            "--epochs",
            1,
            "--batch",
            2,
            "--images",
            "voc:" + folder + ":train",
            "--validation",
            "voc:" + folder + ":val",
            "--output",
            output);
    assertThat(train.code()).as(train.err()).isZero();
    String yaml = OnnxReader.read(output).metadata().get(NetworkCard.METADATA_KEY);
    NetworkCard card = NetworkCard.fromYaml(String.valueOf(yaml), "card");
    assertThat(card.categories()).hasSize(21).startsWith("background", "aeroplane");
    assertThat(card.ignored()).containsExactly(VOID);

    Invocation evaluate =
        Invocation.of("evaluate", output, "--images", "voc:" + folder + ":val", "--no-latency");
    assertThat(evaluate.code()).as(evaluate.err()).isZero();
    assertThat(evaluate.out()).contains("images: 1", "labels: masks", "tvmonitor");
  }

  @Test
  void wrongDataSetsAreRefusedInOneLine() throws IOException {
    voc("train", "a");
    Path output = folder.resolve("net.onnx");
    Invocation split =
        Invocation.of("train", "unet", "--images", "voc:" + folder + ":test", "--output", output);
    assertThat(split.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(split.err().strip().lines()).hasSize(1);
    assertThat(split.err()).contains("there is no such split of Pascal VOC; there are train.txt");
    Invocation masks =
        Invocation.of(
            "train",
            "unet",
            "--images",
            "voc:" + folder + ":train",
            "--masks",
            folder,
            "--output",
            output);
    assertThat(masks.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(masks.err()).contains("comes with its own masks");
    assertThat(output).doesNotExist();
  }

  @Test
  void ignoredValuesBesideNamesThatSayThemAreRefused() throws IOException {
    voc("train", "a");
    Path card = Files.writeString(folder.resolve("card.yaml"), "categories: [car, tree]");
    for (Object[] names : new Object[][] {{}, {"--card", card}}) {
      Invocation train =
          Invocation.of(
              Invocation.join(
                  new Object[] {
                    "train",
                    "unet",
                    "--images",
                    "voc:" + folder + ":train",
                    "--ignore",
                    3,
                    "--output",
                    folder.resolve("net.onnx")
                  },
                  names));
      assertThat(train.code()).isEqualTo(Main.INVALID_INPUT);
      assertThat(train.err()).contains("--ignore: expected --categories with it").hasLineCount(1);
    }
  }

  @Test
  void theReportSaysWhereTheMasksAreFrom(@TempDir Path drawn) throws IOException {
    Scenes scenes = Scenes.in(drawn);
    String images = scenes.images().toString();
    String masks = scenes.masks().toString();
    assertThat(text("--images", "folders:" + drawn))
        .isEqualTo("folders:" + drawn + ", with its masks");
    assertThat(text("--images", images)).isEqualTo(images + ", without masks");
    assertThat(text("--images", images, "--masks", masks)).endsWith("images, masks in " + masks);
    assertThat(text("--images", images, "--limit", "2", "--seed", "3"))
        .endsWith(", at most 2 drawn with seed 3");
  }

  private static String text(String... arguments) {
    return CommandLine.populateCommand(new ImageOptions(), arguments).text();
  }

  private void voc(String split, String... names) throws IOException {
    for (String part : List.of("JPEGImages", "SegmentationClass", "ImageSets/Segmentation")) {
      Files.createDirectories(folder.resolve(part));
    }
    for (String name : names) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int x = 0; x < SIDE; x++) {
        for (int y = 0; y < SIDE; y++) {
          image.setRGB(x, y, x < SIDE / 2 ? 0xc04020 : 0x204080);
          int value = x < SIDE / 2 ? PERSON : 0;
          mask.getRaster().setSample(x, y, 0, x == SIDE / 2 ? VOID : value);
        }
      }
      assertThat(
              ImageIO.write(image, "jpg", folder.resolve("JPEGImages/" + name + ".jpg").toFile()))
          .isTrue();
      assertThat(
              ImageIO.write(
                  mask, "png", folder.resolve("SegmentationClass/" + name + ".png").toFile()))
          .isTrue();
    }
    Files.write(folder.resolve("ImageSets/Segmentation/" + split + ".txt"), List.of(names));
  }
}
