package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private final Path folder;
  private final Path images;
  private final Path masks;

  ImageFolderTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.images = Files.createDirectory(folder.resolve("images"));
    this.masks = Files.createDirectory(folder.resolve("masks"));
  }

  @Test
  void listsImagesOfEveryFormatByName() throws IOException {
    touch(images, "d.WebP", "a.JPG", "b.jpeg", "c.png", "e.BMP", "f.tif", "g.tiff", "h.b.jpg");
    touch(images, "notes.txt", ".hidden.jpg", "png");
    Files.createDirectory(images.resolve("folder.png"));
    assertThat(names(ImageFolder.open(images, null).samples()))
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h.b");
    assertThat(ImageFolder.open(images, null).samples().get(0))
        .isEqualTo(new Sample("a", images.resolve("a.JPG"), null));
  }

  @Test
  void pairsMasksByNameAndLeavesOutImagesWithoutOneWithAWarning() throws IOException {
    touch(images, "a.jpg", "b.jpg", "c.jpg");
    touch(masks, "c.PNG", "a.png", "z.png");
    String log =
        TestImages.logged(
            () ->
                assertThat(ImageFolder.open(images, masks).samples())
                    .containsExactly(
                        new Sample("a", images.resolve("a.jpg"), masks.resolve("a.png")),
                        new Sample("c", images.resolve("c.jpg"), masks.resolve("c.PNG"))));
    assertThat(log)
        .contains("3 images found, 2 taken, 1 left out")
        .contains("1 without a mask in " + masks + " (b.jpg)")
        .contains("1 masks belong to no image (z.png)");
  }

  @Test
  void masksThatMatchNoImageAreRefusedWithAnExampleOfEach() throws IOException {
    touch(images, "a.jpg");
    touch(masks, "b_labels.png");
    assertThatThrownBy(() -> ImageFolder.open(images, masks))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("b_labels.png")
        .hasMessageContaining("a.jpg");
  }

  @Test
  void jpegsAreNoMasks() throws IOException {
    touch(images, "a.jpg");
    touch(masks, "a.jpg");
    assertThatThrownBy(() -> ImageFolder.open(images, masks))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            masks
                + ": no masks in this folder (bmp, gif, nii, nii.gz, npy, png, tif, tiff, webp); JPEG changes values and cannot hold masks");
  }

  @Test
  void missingAndEmptyFoldersAreRefused() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> ImageFolder.open(missing, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(missing + ": expected a folder of images, found nothing there");
    assertThatThrownBy(() -> ImageFolder.open(images, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no images in this folder");
    touch(images, "a.jpg");
    assertThatThrownBy(() -> ImageFolder.open(images.resolve("a.jpg"), null))
        .hasMessageContaining("found a file");
    assertThatThrownBy(() -> ImageFolder.open(images, missing))
        .hasMessageContaining("expected a folder of masks");
  }

  @Test
  void twoFilesOfTheSameNameAreRefused() throws IOException {
    touch(images, "a.jpg", "a.png");
    assertThatThrownBy(() -> ImageFolder.open(images, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.jpg and a.png");
  }

  @Test
  void aSampleIsChosenBySeedAndSortedByName() throws IOException {
    for (int i = 0; i < 50; i++) {
      touch(images, "image%02d.png".formatted(i));
    }
    DataSet data = ImageFolder.open(images, null);
    List<Sample> chosen = data.sample(10, 7);
    assertThat(chosen).hasSize(10).isSubsetOf(data.samples());
    assertThat(names(chosen)).isSorted();
    assertThat(data.sample(10, 7)).isEqualTo(chosen);
    assertThat(data.sample(10, 8)).isNotEqualTo(chosen);
    assertThat(data.sample(50, 7)).isEqualTo(data.samples());
    assertThat(data.sample(1000, 7)).isEqualTo(data.samples());
    assertThatThrownBy(() -> data.sample(0, 7)).isInstanceOf(InvalidInputException.class);
  }

  private static List<String> names(List<Sample> samples) {
    return samples.stream().map(Sample::name).toList();
  }

  private static void touch(Path folder, String... names) throws IOException {
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
  }
}
