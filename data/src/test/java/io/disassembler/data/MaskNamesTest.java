package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which masks belong to which images, by what people call them. */
class MaskNamesTest {
  private final Path images;
  private final Path masks;

  MaskNamesTest(@TempDir Path folder) throws IOException {
    this.images = Files.createDirectory(folder.resolve("images"));
    this.masks = Files.createDirectory(folder.resolve("masks"));
  }

  private static void touch(Path folder, String... names) throws IOException {
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.jpg, a_mask.png",
    "a.jpg, a-mask.png",
    "a.jpg, a mask.png",
    "a.jpg, a.mask.png",
    "a.JPG, a_MASK.PNG",
    "a.jpeg, a_masks.tif",
    "a.jpg, mask_a.png",
    "img001.jpg, mask001.png",
    "img_001.jpg, label_001.png",
    "001.jpg, mask001.png",
    "a.png, a_GT.png",
    "a.png, a_gt.bmp",
    "a.png, a_lab.png",
    "a.png, a_label.png",
    "a.png, a_labels.png",
    "a.png, a_L.png",
    "a.png, a_seg.png",
    "a.png, a_segmentation.png",
    "a.png, a_annotation.png",
    "a.png, a_ground_truth.webp",
    "aachen_000_019_leftImg8bit.png, aachen_000_019_gtFine_labelIds.png",
    "aachen_000_019_leftImg8bit.png, aachen_000_019_gtFine_labelTrainIds.png",
    "119_sat.jpg, 119_mask.png",
    "a_image.png, a_mask.png",
    "a.png.png, a.png",
    "a.jpg, a.jpg.png",
    "a.png, a.png.png",
    "a.jpg, a_mask.png.png",
    "a.jpg, a.npy",
    "a.b.jpg, a.b_mask.png",
    "Frame.jpg, frame.png",
    "mask.jpg, mask.png"
  })
  void aMaskMayBeCalledSo(String image, String mask) throws IOException {
    touch(images, image);
    touch(masks, mask);
    String log =
        TestImages.logged(
            () -> {
              DataSet data = ImageFolder.open(images, masks);
              assertThat(data.samples()).hasSize(1);
              assertThat(data.samples().get(0).mask()).isEqualTo(masks.resolve(mask));
            });
    assertThat(log).isEmpty();
  }

  @Test
  void whatIsCalledAlikeGoesBeforeWhatIsCalledSimilarly() throws IOException {
    touch(images, "a.png", "a_image.png", "b.png", "c.png");
    touch(masks, "a.png", "a_mask.png", "b_mask.png", "b.png", "d_mask.png");
    String log =
        TestImages.logged(
            () ->
                assertThat(ImageFolder.open(images, masks).samples())
                    .extracting(Sample::name, Sample::mask)
                    .contains(
                        tuple("a", masks.resolve("a.png")), tuple("b", masks.resolve("b.png"))));
    assertThat(log)
        .contains("4 images found, 2 taken, 2 left out: 2 without a mask in " + masks)
        .contains("2 masks have a better one beside them")
        .contains("1 masks belong to no image (d_mask.png)");
  }

  @Test
  void numbersOfInstancesAndPicturesOfMasksComeSecond() throws IOException {
    touch(images, "a_leftImg8bit.png");
    touch(masks, "a_gtFine_color.png", "a_gtFine_instanceIds.png", "a_gtFine_labelIds.png");
    touch(masks, "a_gtFine_polygons.json", "Thumbs.db", ".DS_Store", "._a_mask.png");
    assertThat(ImageFolder.open(images, masks).samples())
        .containsExactly(
            new Sample(
                "a_leftImg8bit",
                images.resolve("a_leftImg8bit.png"),
                masks.resolve("a_gtFine_labelIds.png")));
  }

  @Test
  void twoMasksOfOneImageAreRefused() throws IOException {
    touch(images, "a.png");
    touch(masks, "a_gtFine_labelIds.png", "a_gtFine_labelTrainIds.png");
    assertThatThrownBy(() -> ImageFolder.open(images, masks))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a_gtFine_labelIds.png")
        .hasMessageContaining("a_gtFine_labelTrainIds.png")
        .hasMessageContaining("belong to the image a.png; keep one of them");
  }

  /** "é" as one character and as "e" with an accent. */
  @Test
  void composedAndDecomposedNamesAreTheSame() throws IOException {
    touch(images, "e\u0301.png", "\u00fc_image.png");
    touch(masks, "\u00e9.png", "u\u0308_mask.png");
    assertThat(ImageFolder.open(images, masks).samples())
        .extracting(Sample::name)
        .containsExactly("\u00e9", "\u00fc_image");
  }

  @ParameterizedTest
  @CsvSource({
    "0.jpg, 0.png, 1.jpg, 1.png",
    "a.jpg, a_mask.png, b.jpg, b_mask.png",
    "a.png, a_mask.png, b.png, b_mask.png",
    "img_1.png, mask_1.png, img_2.png, mask_2.png",
    "a_leftImg8bit.png, a_gtFine_labelIds.png, b_leftImg8bit.png, b_gtFine_labelIds.png",
    "a.tif, a.npy, b.tif, b.npy",
    "a.png, a.png.npy, b.png, b.png.npy"
  })
  void imagesAndMasksMayLieInOneFolder(String one, String mask, String two, String other)
      throws IOException {
    touch(images, one, mask, two, other);
    assertThat(ImageFolder.open(images, images.resolve(".")).samples())
        .extracting(sample -> sample.image().getFileName() + " " + nameOf(sample.mask()))
        .containsExactly(one + " " + mask, two + " " + other);
  }

  @Test
  void whatCannotBeToldApartNeedsFoldersOfItsOwn() throws IOException {
    touch(images, "a.png", "a.tif");
    assertThatThrownBy(() -> ImageFolder.open(images, images))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            "a.png and a.tif have the same name but for the extension; keep one of them, or put images and masks into folders of their own");
  }

  @Test
  void masksAmongImagesThatAreNotAskedForAreSaid() throws IOException {
    touch(images, "a.png", "a_mask.png");
    String log =
        TestImages.logged(() -> assertThat(ImageFolder.open(images, null).samples()).hasSize(2));
    assertThat(log)
        .contains(
            "2 images found, 2 taken; 1 are called like masks of others and are taken as images");
  }

  @Test
  void imagesOfFormatsThatAreNotReadAreCounted() throws IOException {
    touch(images, "a.jpg", "b.HEIC", "c.heic", "d.gif", "notes.txt", "e.jfif");
    String log =
        TestImages.logged(() -> assertThat(ImageFolder.open(images, null).samples()).hasSize(2));
    assertThat(log)
        .contains(
            "5 images found, 2 taken, 3 left out: 3 of a format that is not read (the first: b.HEIC)");
  }

  private static String nameOf(@Nullable Path file) {
    return file == null ? "none" : String.valueOf(file.getFileName());
  }
}
