package io.disassembler.extraction;

import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.Crew;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import io.disassembler.recovery.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The {@link Balance} of a network whose categories do not compete, a single one or independent
 * ones: constants that are added to their logits, before what decides, so that the sub-network
 * takes neither too many nor too few pixels for each.
 *
 * @param logit the value that they are added to, N x K x H x W
 * @param output the output that is decided, of the same extents
 * @param categories K
 * @param chosen the categories that are balanced
 * @param logits for each of them the logit above which it is there
 * @param outputs for each of them the output above which it is there
 */
record LogitShift(
    String logit,
    String output,
    int categories,
    List<Integer> chosen,
    List<Double> logits,
    List<Double> outputs) {

  /**
   * Where they are added; empty if categories compete, or no logits are known.
   *
   * @param chosen numbers of categories
   */
  static Optional<LogitShift> of(Anatomy anatomy, NetworkCard card, List<Integer> chosen) {
    String output = anatomy.network().outputs().get(0).name();
    Logits logits = Logits.of(anatomy, output);
    Shape shape = anatomy.probe().shape(logits.source());
    return (logits.categories() == 1 || card.independent())
            && logits.added().isEmpty()
            && anatomy.network().producer(logits.source()).isPresent()
            && anatomy.probe().type(logits.source()) == ElementType.FLOAT
            && shape.elements() == anatomy.probe().shape(output).elements()
        ? Optional.of(
            new LogitShift(
                logits.source(),
                output,
                logits.categories(),
                chosen,
                chosen.stream().map(c -> logit(card.threshold(c))).toList(),
                chosen.stream().map(c -> logits.threshold(card.threshold(c))).toList()))
        : Optional.empty();
  }

  private static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }

  /**
   * The constants that bring decisions nearest to the full network's, one for each chosen category.
   *
   * @param calibration the full network's answers
   * @param crew runs the network
   */
  List<Double> best(Network network, Calibration calibration, Crew crew) {
    long stride = Balance.stride(calibration, categories) * chosen.size();
    List<BalanceSearch> searches = chosen.stream().map(c -> new BalanceSearch(2)).toList();
    Balance.compare(
        network,
        logit,
        calibration,
        crew,
        (found, full) -> compared(found, full, stride),
        compared -> {
          for (int i = 0; i < searches.size(); i++) {
            searches.get(i).add(compared.get(i).scores(), compared.get(i).wanted());
          }
        });
    return searches.stream().map(search -> search.run().constants().get(0)).toList();
  }

  private List<Balance.Compared> compared(Tensor found, Tensor full, long stride) {
    List<Balance.Compared> compared = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      compared.add(
          new Balance.Compared(
              besideZero(sampled(map(found, i), stride), logits.get(i)),
              decided(sampled(map(full, i), stride), outputs.get(i))));
    }
    return compared;
  }

  /** One category's map; of a single one all there is, whether it has an axis or not. */
  private Tensor map(Tensor maps, int index) {
    return categories == 1 ? maps : maps.select(1, chosen.get(index));
  }

  private static float[] sampled(Tensor maps, long stride) {
    Tensor all = maps.to(ScalarType.Float).reshape(-1);
    return TensorData.floats(
        all.index_select(0, TensorData.ofLongs(every(stride, all.numel()), -1)));
  }

  private static long[] every(long stride, long count) {
    long[] places = new long[Math.toIntExact((count + stride - 1) / stride)];
    for (int i = 0; i < places.length; i++) {
      places[i] = i * stride;
    }
    return places;
  }

  private static float[] besideZero(float[] logits, double threshold) {
    float[] scores = new float[2 * logits.length];
    for (int i = 0; i < logits.length; i++) {
      scores[2 * i + 1] = (float) (logits[i] - threshold);
    }
    return scores;
  }

  private static int[] decided(float[] outputs, double threshold) {
    int[] decisions = new int[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      decisions[i] = outputs[i] > threshold ? 1 : 0;
    }
    return decisions;
  }

  /** {@code network} with the constants added; itself if all are 0. */
  Network added(Network network, List<Double> constants) {
    if (constants.stream().allMatch(constant -> constant == 0)) {
      return network;
    }
    Names names = new Names(network);
    String raw = names.fresh(logit + "/raw");
    String weight = names.fresh(logit + "/balance");
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      boolean makes = node.outputs().contains(logit);
      nodes.add(
          makes
              ? node.withOutputs(
                  node.outputs().stream().map(o -> o.equals(logit) ? raw : o).toList())
              : node);
      if (makes) {
        nodes.add(Node.of(logit + "/Add", "Add", List.of(raw, weight), List.of(logit), Map.of()));
      }
    }
    return network.toBuilder().nodes(nodes).weight(weight(weight, constants)).build();
  }

  private Weight weight(String name, List<Double> constants) {
    float[] all = new float[categories];
    for (int i = 0; i < constants.size(); i++) {
      all[chosen.get(i)] = constants.get(i).floatValue();
    }
    return Weight.ofFloats(name, categories == 1 ? Shape.of(1) : Shape.of(categories, 1, 1), all);
  }
}
