import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.Channels;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Evidence;
import io.disassembler.selection.ScoringRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a network by a criterion that Disassembler does not have: MODEL IMAGES MASKS CATEGORY OUTPUT.
 * A channel counts by how much more the chosen categories excite it than the others do.
 */
public class OwnCriterion implements ScoringRule {
  @Override
  public String id() {
    return "contrast";
  }

  @Override
  public double[] score(Anatomy anatomy, Evidence evidence, List<Integer> categories) {
    Profile profile = evidence.profile();
    double[] scores = new double[anatomy.groups().groups().size()];
    int[] channels = new int[scores.length];
    for (String featureMap : profile.featureMaps()) {
      double[] contrast = contrast(profile, featureMap, categories);
      Channels known = anatomy.groups().values().get(featureMap);
      for (int channel = 0; known != null && channel < known.groups().length; channel++) {
        int group = known.groups()[channel];
        if (group != Channels.FIXED) {
          scores[group] += contrast[channel];
          channels[group]++;
        }
      }
    }
    for (ChannelGroup group : anatomy.groups().groups()) {
      scores[group.id()] /= Math.max(1, channels[group.id()]);
    }
    return scores;
  }

  private static double[] contrast(Profile profile, String featureMap, List<Integer> chosen) {
    double[] contrast = new double[profile.channels(featureMap)];
    int others = profile.header().categories().size() - chosen.size();
    for (int c = 0; c < profile.header().categories().size(); c++) {
      CategoryProfile category = profile.category(c);
      double weight = chosen.contains(c) ? 1.0 / chosen.size() : -1.0 / Math.max(1, others);
      double[] forward = category.forward(featureMap);
      Arrays.setAll(contrast, channel -> contrast[channel] + weight * forward[channel]);
    }
    return contrast;
  }

  public static void main(String[] arguments) {
    try (SegmentationNetwork network = SegmentationNetwork.open(Path.of(arguments[0]))) {
      ImageSet images = ImageSet.folder(Path.of(arguments[1]), Path.of(arguments[2]));
      Profile profile = network.profile(images).run();
      SubNetwork small =
          network.extract(arguments[3]).from(profile).by(new OwnCriterion()).keepMacs(0.5).run();
      System.out.println(small);
      System.out.println("by " + small.plan().criterion());
      small.write(Path.of(arguments[4]));
    }
  }
}
