package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX Attention: softmax(scale Q K' + mask) V over heads, of Q, K, V (N, heads, tokens, width), or
 * (N, tokens, heads * width) with the number of heads as attribute. Without a cache of earlier
 * tokens. Opset 23, 24.
 *
 * @param scale 0: 1 / sqrt(width)
 * @param softcap scores s become softcap tanh(s / softcap); 0: they stay
 */
@ChannelRule(
    "whole heads of queries, keys and values go together; pinned where queries share keys or each head has a mask of its own")
record Attention(long queryHeads, long keyHeads, boolean causal, float scale, float softcap)
    implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Attention", 23, 24);
    }

    @Override
    protected Attention parse(Attributes attributes) {
      attributes.ignore("softmax_precision");
      if (attributes.inputs() > 4 || attributes.outputs() > 1) {
        throw attributes.refuse(
            "qk_matmul_output_mode", "unused: no cache, one output", "more operands");
      }
      attributes.ignore("qk_matmul_output_mode");
      return new Attention(
          attributes.integer("q_num_heads", 0),
          attributes.integer("kv_num_heads", 0),
          attributes.flag("is_causal", false),
          attributes.real("scale", 0),
          attributes.real("softcap", 0));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    boolean flat = inputs.get(0).dim() == 3;
    Tensor q = heads(inputs.get(0), queryHeads);
    Tensor k = repeated(heads(inputs.get(1), keyHeads), q.size(1));
    Tensor v = repeated(heads(inputs.get(2), keyHeads), q.size(1));
    double by = scale != 0 ? scale : 1 / Math.sqrt((double) q.size(3));
    Tensor scores = q.matmul(k.transpose(-1, -2)).mul(new Scalar(by));
    if (causal) {
      Tensor later = torch.ones(q.size(2), k.size(2)).triu(1).to(ScalarType.Bool);
      scores = scores.masked_fill(later, new Scalar(Double.NEGATIVE_INFINITY));
    }
    Tensor mask = inputs.optional(3);
    if (mask != null) {
      scores =
          mask.scalar_type().intern() == ScalarType.Bool
              ? scores.masked_fill(mask.logical_not(), new Scalar(Double.NEGATIVE_INFINITY))
              : scores.add(mask);
    }
    if (softcap != 0) {
      scores = scores.div(new Scalar((double) softcap)).tanh().mul(new Scalar((double) softcap));
    }
    Tensor y = scores.softmax(-1).matmul(v);
    return List.of(
        flat ? y.transpose(1, 2).reshape(y.size(0), y.size(2), y.size(1) * y.size(3)) : y);
  }

  private static Tensor heads(Tensor x, long heads) {
    return x.dim() == 4
        ? x
        : x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
  }

  /** Every head of keys or values as often as queries share it. */
  private static Tensor repeated(Tensor x, long heads) {
    return x.size(1) == heads
        ? x
        : x.repeat_interleave(heads / x.size(1), new LongOptional(1), new LongOptional());
  }

  @Override
  public void flow(ChannelFlow flow) {
    boolean isFlat = flow.input(0).rank() == 3;
    int axis = isFlat ? 2 : 1;
    int heads = Math.toIntExact(isFlat ? queryHeads : flow.input(0).dimension(1));
    boolean shared = isFlat ? keyHeads != queryHeads : flow.input(1).dimension(1) != heads;
    if (shared) {
      flow.pinAll("several heads of queries share keys and values");
      return;
    }
    if (flow.has(3) && hasHeads(flow.input(3))) {
      flow.pinAll("each head has a mask of its own");
      return;
    }
    if (flow.has(3) && !flow.isWeight(3)) {
      flow.pin(flow.labels(3), "a mask of attention");
    }
    int[] queries = flow.channels(0, axis);
    int[] keys = flow.channels(1, axis);
    int[] values = flow.channels(2, axis);
    for (int[] channels : List.of(queries, keys, values)) {
      for (int i = 0; i < channels.length; i++) {
        int head = i / (channels.length / heads);
        flow.unite(queries[head * (queries.length / heads)], channels[i]);
      }
    }
    flow.output(0, Labels.along(flow.output(0), axis, values));
  }

  private static boolean hasHeads(Shape mask) {
    return mask.rank() >= 3 && mask.dimension(mask.rank() - 3) != 1;
  }

  @Override
  public Node cut(ChannelCut cut) {
    if (cut.before().input(0).rank() != 3 || cut.output(0).isEmpty()) {
      return cut.node();
    }
    ChannelCut.Kept kept = cut.output(0).get();
    Attribute left = new Attribute.Int(kept.count() / (kept.extent() / queryHeads));
    return cut.node().withAttribute("q_num_heads", left).withAttribute("kv_num_heads", left);
  }

  @Override
  public long macs(Operands operands) {
    Shape q = operands.input(0);
    Shape k = operands.input(1);
    Shape v = operands.input(2);
    int tokens = q.rank() - 2;
    // Each query meets each key over the query's width, then each value over the value's.
    return k.dimension(tokens)
        * (q.elements() + q.elements() / q.dimension(tokens + 1) * v.dimension(tokens + 1));
  }
}
