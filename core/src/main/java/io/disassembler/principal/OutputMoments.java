package io.disassembler.principal;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Positions;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Moments of values that no profile has, from images. */
final class OutputMoments {
  /** Positions of all images together that are enough. */
  private static final long SAMPLES = 50_000;

  /** More images change little. */
  private static final int BATCHES = 16;

  private OutputMoments() {}

  /**
   * @param values N x C x H x W, or with other spatial axes
   * @param images inputs in batches
   */
  static Map<String, Moments> of(
      Anatomy anatomy, Set<String> values, List<Map<String, Weight>> images) {
    Map<String, Moments> moments = new LinkedHashMap<>();
    List<Map<String, Weight>> some = images.subList(0, Math.min(BATCHES, images.size()));
    try (Crew crew = anatomy.crew(1);
        Engine engine = Engine.of(anatomy.program(), crew.settings())) {
      crew.each(
          some.iterator(),
          inputs ->
              engine.run(
                  inputs,
                  ForwardRequest.keeping(values),
                  forward -> {
                    Map<String, Moments> found = new HashMap<>();
                    for (String value : values) {
                      found.put(value, of(forward.value(value), some.size()));
                    }
                    return found;
                  }),
          found ->
              values.forEach(value -> moments.merge(value, found.get(value), Moments::absorb)));
    }
    return moments;
  }

  private static Moments of(Tensor value, int batches) {
    return NativeScope.in(
        () -> {
          long channels = value.size(1);
          long positions = value.numel() / channels * batches;
          Tensor rows =
              Positions.of(value, Positions.spacing(positions, SAMPLES, (int) value.dim() - 2))
                  .transpose(0, 1)
                  .reshape(channels, -1)
                  .to(ScalarType.Double);
          return new Moments(
              rows.size(1),
              TensorData.doubles(rows.sum(1)),
              TensorData.doubles(rows.mm(rows.t())),
              new double[Math.toIntExact(channels)]);
        });
  }
}
