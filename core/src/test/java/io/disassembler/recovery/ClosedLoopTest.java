package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.Shared;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Size;
import io.disassembler.engine.NetworkInput;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Selection;
import io.disassembler.surgery.Cutter;
import io.disassembler.surgery.Profiles;
import io.disassembler.surgery.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedLoopTest {
  private static final int IMAGES = 16;

  private final List<Weight> images = new ArrayList<>();

  private Anatomy anatomy(String model) {
    Network network = OnnxReader.read(Shared.model(model));
    NetworkInput input = NetworkInput.of(network, new Size(64, 64));
    for (int i = 0; i < 2 * IMAGES; i++) {
      images.add(Verification.randomImage(input, i).withName(input.name()));
    }
    return Anatomy.of(network, input.shapes());
  }

  private Calibration calibration(Anatomy anatomy) {
    String output = anatomy.network().outputs().get(0).name();
    return Calibration.of(
        anatomy, output, images.subList(0, IMAGES).stream().map(i -> Map.of(i.name(), i)).toList());
  }

  private double error(Anatomy anatomy, Network network) {
    double sum = 0;
    for (Weight image : images.subList(IMAGES, images.size())) {
      float[] expected = Verification.run(anatomy.network(), image);
      float[] found = Verification.run(network, image);
      for (int i = 0; i < expected.length; i++) {
        sum += (expected[i] - found[i]) * (expected[i] - found[i]);
      }
    }
    return sum;
  }

  /** The last has depthwise layers, gates over the whole image, and few pixels to learn from. */
  @ParameterizedTest
  @CsvSource({
    "unet_b8.dynamo.dyn.onnx, 0.8",
    "deeplab_b16.legacy.dyn.onnx, 0.8",
    "lraspp_mobilenet_v3_large.dynamo.dyn.onnx, 1.05"
  })
  void comesNearerToTheFullNetworkThanOneShotOnImagesThatItHasNotSeen(String model, double share) {
    Anatomy anatomy = anatomy(model);
    Profile profile = Profiles.random(anatomy, 8, 1);
    Selection selection =
        new Budget(Budget.Measure.MACS, 0.4).select(anatomy, profile, List.of(0), Criterion.L1);
    Anatomy oneShot = Recovery.recover(anatomy, selection, profile, RecoveryMethod.RIDGE);
    Anatomy closed =
        ClosedLoop.recover(
            anatomy, selection, profile, calibration(anatomy), full -> Cutter.cut(full, selection));
    assertThat(error(anatomy, Cutter.cut(closed, selection)))
        .isLessThan(share * error(anatomy, Cutter.cut(oneShot, selection)));
  }

  @Test
  void changesNothingWhereNothingIsRemoved() {
    Anatomy anatomy = anatomy("unet_b8.dynamo.dyn.onnx");
    Selection all = Selection.all(anatomy.groups());
    Anatomy closed =
        ClosedLoop.recover(
            anatomy,
            all,
            Profiles.random(anatomy, 2, 1),
            calibration(anatomy),
            full -> Cutter.cut(full, all));
    assertThat(Verification.run(closed.network(), images.get(0)))
        .isEqualTo(Verification.run(anatomy.network(), images.get(0)));
  }
}
