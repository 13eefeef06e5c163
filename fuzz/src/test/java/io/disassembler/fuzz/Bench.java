package io.disassembler.fuzz;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A small network, its images and its profile: good files beside which a damaged one is used.
 *
 * @param network the network of {@code folder}'s {@code model.onnx}
 * @param images two of them, without masks
 * @param profile of the network over the images
 */
record Bench(Path folder, SegmentationNetwork network, ImageSet images, Profile profile) {
  private static final int IMAGES = 2;

  /** Sets everything up in an empty folder. */
  static Bench in(Path folder) throws IOException {
    Path model = folder.resolve("model.onnx");
    OnnxWriter.write(SmallNetwork.make(), model);
    Path images = Files.createDirectories(folder.resolve("images"));
    Random random = new Random(1);
    for (int i = 0; i < IMAGES; i++) {
      ImageIO.write(noise(random), "png", images.resolve(i + ".png").toFile());
    }
    SegmentationNetwork network = SegmentationNetwork.at(model).threads(1).open();
    ImageSet set = ImageSet.folder(images);
    return new Bench(folder, network, set, network.profile(set).threshold(0.3).run());
  }

  /** A sub-network of the small network. */
  SubNetwork subNetwork() {
    return network
        .extract("1", "2")
        .from(profile)
        .keepMacs(0.5)
        .recovery(RecoveryMethod.RIDGE)
        .run();
  }

  private static BufferedImage noise(Random random) {
    BufferedImage image =
        new BufferedImage(SmallNetwork.SIZE, SmallNetwork.SIZE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }
}
