package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX DepthToSpace: X (N, C, H, W) as (N, C/b/b, H*b, W*b), channels becoming blocks of b x b.
 * Opset 1, 11 (mode), 13.
 *
 * @param columnFirst a block's channels lie next to each other (CRD), not apart (DCR)
 */
@ChannelRule("whole blocks pass through")
record DepthToSpace(long block, boolean columnFirst) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("DepthToSpace", 1, 11, 13, 28);
    }

    @Override
    protected DepthToSpace parse(Attributes attributes) {
      long block = attributes.integer("blocksize", 1);
      if (block < 1) {
        throw attributes.refuse("blocksize", "at least 1", String.valueOf(block));
      }
      return new DepthToSpace(block, attributes.choice("mode", "DCR", "DCR", "CRD").equals("CRD"));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long n = x.size(0);
    long c = x.size(1) / (block * block);
    long h = x.size(2);
    long w = x.size(3);
    Tensor spread =
        columnFirst
            ? x.reshape(n, c, block, block, h, w).permute(0, 1, 4, 2, 5, 3)
            : x.reshape(n, block, block, c, h, w).permute(0, 3, 4, 1, 5, 2);
    return List.of(spread.reshape(n, c, h * block, w * block));
  }

  /** A block's channels live and die together: without one of them, its pixels would be missing. */
  @Override
  public void flow(ChannelFlow flow) {
    Labels moved = flow.trace(this, this::moves).get(0);
    flow.output(0, Labels.along(moved.shape(), 1, flow.uniteAcross(moved, 1)));
  }
}
