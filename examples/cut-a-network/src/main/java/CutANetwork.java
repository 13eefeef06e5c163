import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.profile.Profile;
import java.nio.file.Path;

/** Cuts a network for one category with half of the work: MODEL PHOTOS CATEGORY OUTPUT. */
public class CutANetwork {
  public static void main(String[] arguments) {
    try (SegmentationNetwork network = SegmentationNetwork.open(Path.of(arguments[0]))) {
      ImageSet photos = ImageSet.folder(Path.of(arguments[1]));
      Profile profile = network.profile(photos).run();
      SubNetwork small =
          network.extract(arguments[2]).from(profile).keepMacs(0.5).recoverWith(photos).run();
      System.out.println(small);
      System.out.println(small.proof());
      small.write(Path.of(arguments[3]));
    }
  }
}
