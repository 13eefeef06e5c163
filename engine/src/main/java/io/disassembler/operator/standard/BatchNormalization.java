package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Affine;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Normalizing;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.Trained;
import io.disassembler.operator.flow.PerChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX BatchNormalization: (x - mean) / sqrt(var + epsilon) * scale + B for each channel of X (N,
 * C, ...). In training mode mean and variance are the batch's own, and the running ones that an
 * epoch would go on with are outputs too.
 *
 * @param momentum weight of the old running statistics, in [0, 1]
 * @param training whether the batch's own statistics count
 * @param corrected whether the running variance takes the variance that the batch suggests for all
 *     images, n / (n - 1) times that of its n pixels, as in PyTorch; ONNX takes the latter. Only
 *     networks that are being trained say so, in an attribute of ours.
 */
@ChannelRule("pass through; its parameters are sliced")
record BatchNormalization(double epsilon, double momentum, boolean training, boolean corrected)
    implements Operator, Normalizing, Trained {
  private static final String CORRECTED = "corrected_variance";

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("BatchNormalization", 1, 6, 7, 9, 14, 15);
    }

    @Override
    protected BatchNormalization parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      if (!attributes.flag("spatial", true)) {
        throw attributes.refuse("spatial", "1 (statistics for each channel)", "0");
      }
      boolean inference = attributes.flag("is_test", false) || attributes.outputs() == 1;
      return new BatchNormalization(
          attributes.real("epsilon", 1e-5f),
          attributes.real("momentum", 0.9f),
          attributes.opset() < 14 ? !inference : attributes.flag("training_mode", false),
          attributes.flag(CORRECTED, false));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    // libtorch reads as many as there are channels, wherever that leads.
    for (int parameter = 1; parameter <= 4; parameter++) {
      CannotRunException.requireCount(
          "numbers in input " + parameter, x.size(1), inputs.get(parameter).numel());
    }
    Tensor mean = inputs.get(3);
    Tensor variance = inputs.get(4);
    T_TensorTensorTensor_T results =
        torch.native_batch_norm(
            x,
            new TensorOptional(inputs.get(1)),
            new TensorOptional(inputs.get(2)),
            training ? new TensorOptional() : new TensorOptional(mean),
            training ? new TensorOptional() : new TensorOptional(variance),
            training,
            0,
            epsilon);
    if (!training) {
      return List.of(results.get0(), mean, variance, mean, variance);
    }
    Tensor batchMean = results.get1();
    Tensor batchVariance = results.get2().pow(new Scalar(-2)).sub(new Scalar(epsilon));
    return List.of(
        results.get0(),
        running(mean, batchMean),
        running(variance, corrected ? corrected(batchVariance, x) : batchVariance),
        batchMean,
        batchVariance);
  }

  /** The variance of {@code x} over all but its channels as an estimate for more of its kind. */
  private static Tensor corrected(Tensor variance, Tensor x) {
    double pixels = (double) x.numel() / x.size(1);
    return pixels > 1 ? variance.mul(new Scalar(pixels / (pixels - 1))) : variance;
  }

  private Tensor running(Tensor old, Tensor batch) {
    return old.mul(new Scalar(momentum)).add(batch.mul(new Scalar(1 - momentum)));
  }

  @Override
  public int channelScale() {
    return 1;
  }

  @Override
  public int channelShift() {
    return 2;
  }

  @Override
  public Optional<Affine> affine(List<Optional<Weight>> operands) {
    if (training || operands.size() < 5 || operands.subList(1, 5).contains(Optional.empty())) {
      return Optional.empty();
    }
    float[] scale = operands.get(1).orElseThrow().floats();
    float[] shift = operands.get(2).orElseThrow().floats();
    float[] mean = operands.get(3).orElseThrow().floats();
    float[] variance = operands.get(4).orElseThrow().floats();
    double[] slope = new double[scale.length];
    double[] intercept = new double[scale.length];
    for (int channel = 0; channel < slope.length; channel++) {
      slope[channel] = scale[channel] / Math.sqrt(variance[channel] + epsilon);
      intercept[channel] = shift[channel] - mean[channel] * slope[channel];
    }
    return Optional.of(new Affine(slope, intercept));
  }

  @Override
  public boolean learns(int index) {
    return index == 1 || index == 2;
  }

  /** Normalises by the batch and hands on the statistics as outputs 1 (mean) and 2 (variance). */
  @Override
  public Node inTraining(Node node, long opset) {
    String y = node.outputs().get(0);
    Node updating =
        node.withOutputs(List.of(y, y + "/mean", y + "/variance"))
            .withAttribute(CORRECTED, new Attribute.Int(1));
    return opset < 14
        ? updating.withoutAttribute("is_test")
        : updating.withAttribute("training_mode", new Attribute.Int(1));
  }

  @Override
  public Map<Integer, Integer> updates() {
    return Map.of(3, 1, 4, 2);
  }

  @Override
  public void flow(ChannelFlow flow) {
    int[] channels = flow.channels(0, 1);
    for (int parameter = 1; parameter <= 4; parameter++) {
      PerChannel.follow(flow, parameter, 0, channels);
    }
    for (int index = 0; index < flow.outputs(); index++) {
      flow.output(index, Labels.along(flow.output(index), index == 0 ? 1 : 0, channels));
    }
  }
}
