package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.LoadedImage;
import io.disassembler.engine.Engine;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.Program;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.ProfileHeader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;
import org.junit.jupiter.api.Test;

/** Counts how often the network is run forward and backward. */
class PassesTest {

  /** Does what another operator does, and counts runs and the gradients that come back. */
  private static final class Counter implements Operator {
    private final Operator counted;
    private final VoidTensorHook hook =
        new VoidTensorHook() {
          @Override
          public void call(TensorBase gradient) {
            backward++;
          }
        };
    private int forward;
    private int backward;

    Counter(Operator counted) {
      this.counted = counted;
    }

    @Override
    public List<Tensor> run(Inputs inputs) {
      forward++;
      List<Tensor> results = counted.run(inputs);
      results.get(0).register_hook(hook);
      return results;
    }
  }

  @Test
  void oneForwardPassForABatchAndOneBackwardPassForEachCategoryInIt() {
    ProfileHeader all = SmallNetwork.header(0.5, false);
    Set<Integer> present = present(all);
    assertThat(present).hasSizeGreaterThan(2);
    int wanted = present.iterator().next();
    assertThat(present(all.ofOnly(List.of(wanted)))).containsExactly(wanted);
  }

  /** The categories found in a batch, after as many backward passes. */
  private static Set<Integer> present(ProfileHeader header) {
    Anatomy anatomy = SmallNetwork.anatomy(SmallNetwork.network(1));
    Logits logits = Logits.of(anatomy);
    List<Program.Step> steps = new ArrayList<>(anatomy.program().steps());
    int concat = steps.size() - 2;
    assertThat(steps.get(concat).node().operator()).isEqualTo("Concat");
    Counter counter = new Counter(steps.get(concat).operator());
    steps.set(concat, new Program.Step(steps.get(concat).node(), counter));
    List<LoadedImage> batch =
        List.of(
            SmallNetwork.image(0, false),
            SmallNetwork.image(1, false),
            SmallNetwork.image(2, false));
    try (Engine engine = Engine.of(new Program(anatomy.network(), steps))) {
      List<ImageProfile> profiles =
          new Profiler(engine, "image", logits, FeatureMaps.of(anatomy, logits), header)
              .profile(batch);
      Set<Integer> present = new HashSet<>();
      profiles.forEach(profile -> present.addAll(profile.categories().keySet()));
      assertThat(counter.forward).isEqualTo(1);
      assertThat(counter.backward).isEqualTo(present.size());
      return present;
    }
  }
}
