package io.disassembler.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Extraction.SubNetwork;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.testing.Bundled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetSearchTest {
  private static final Network NETWORK = OnnxReader.read(Bundled.network());
  private static final Anatomy ANATOMY =
      Anatomy.of(NETWORK, NetworkInput.of(NETWORK, new Size(32, 32)).shapes());
  private static final Profile PROFILE = Profiles.random(ANATOMY, 1, 1);
  private static final Extraction EXTRACTION =
      new Extraction(
          ANATOMY,
          "sha",
          NetworkCard.unnamed(PROFILE.header().categories().size()),
          PROFILE,
          PROFILE.sha256());

  /** Meets or fails by the share of the MACs that a network really has. */
  private record Threshold(double share, boolean favoursMore) implements Requirement {
    @Override
    public Finding measure(SubNetwork network) {
      double found = (double) network.cost().macs() / network.full().macs();
      return new Finding(favoursMore ? found >= share : found <= share, "it has " + found);
    }

    @Override
    public String text() {
      return "a share of " + share;
    }

    @Override
    public Setting setting() {
      return Setting.MACS_BUDGET;
    }
  }

  private static SubNetwork extract(Budget budget) {
    return EXTRACTION.extract(
        List.of(1), new Extraction.Recipe(Criterion.L1, budget, RecoveryMethod.NONE, null));
  }

  private static double share(SubNetwork network) {
    return (double) network.cost().macs() / network.full().macs();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.6, 0.3, 0.1})
  void findsTheSmallestThatIsGoodEnough(double share) {
    BudgetSearch.Found found =
        BudgetSearch.search(BudgetSearchTest::extract, new Threshold(share, true));

    assertThat(share(found.network())).isBetween(share, 1.1 * share + 0.02);
    assertThat(found.candidate().finding().met()).isTrue();
    assertThat(found.tried()).hasSizeBetween(4, 10).contains(found.candidate());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.6, 0.2})
  void findsTheLargestThatIsFastEnough(double share) {
    BudgetSearch.Found found =
        BudgetSearch.search(BudgetSearchTest::extract, new Threshold(share, false));

    assertThat(share(found.network())).isBetween(0.9 * share - 0.02, share);
  }

  @Test
  void saysSoIfOnlyTheFullNetworkIsGoodEnough() {
    assertThatThrownBy(
            () -> BudgetSearch.search(BudgetSearchTest::extract, new Threshold(0.9999, true)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a share of 0.9999: no sub-network has it")
        .hasMessageContaining("at 50.0 % of the MACs it has");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void goesOnFromWhatWasTriedToTheSameNetwork(int survived, @TempDir Path folder) {
    Threshold requirement = new Threshold(0.6, true);
    BudgetSearch.Found straight = BudgetSearch.search(BudgetSearchTest::extract, requirement);
    Path output = folder.resolve("small.onnx");
    List<Budget> made = new ArrayList<>();
    Function<Budget, SubNetwork> killed =
        budget -> {
          if (made.size() == survived) {
            throw new IllegalStateException("killed");
          }
          made.add(budget);
          return extract(budget);
        };
    assertThatThrownBy(() -> BudgetSearch.search(killed, requirement, tried(output, false)))
        .hasMessage("killed");
    made.clear();
    Function<Budget, SubNetwork> counted =
        budget -> {
          made.add(budget);
          return extract(budget);
        };

    BudgetSearch.Found resumed = BudgetSearch.search(counted, requirement, tried(output, true));

    assertThat(resumed.tried()).isEqualTo(straight.tried());
    assertThat(resumed.candidate()).isEqualTo(straight.candidate());
    assertThat(resumed.network().network().weights())
        .isEqualTo(straight.network().network().weights());
    assertThat(made)
        .hasSizeBetween(straight.tried().size() - survived, straight.tried().size() - survived + 1);
    assertThatThrownBy(
            () ->
                TriedCandidates.in(
                    StateCheckpoint.beside(output, true), "search", "another search"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("small.onnx.checkpoint: cannot be resumed");
  }

  private static TriedCandidates tried(Path output, boolean resume) {
    return TriedCandidates.in(StateCheckpoint.beside(output, resume), "search", "this search");
  }

  @Test
  void saysSoIfNoneIsFastEnough() {
    assertThatThrownBy(
            () -> BudgetSearch.search(BudgetSearchTest::extract, new Threshold(1e-6, false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no sub-network has it")
        .hasMessageContaining("there is none");
  }
}
