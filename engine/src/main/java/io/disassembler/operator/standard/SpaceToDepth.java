package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX SpaceToDepth: X (N, C, H, W) as (N, C*b*b, H/b, W/b), blocks of b x b becoming channels.
 * Opset 1, 13, 26 (mode).
 *
 * @param columnFirst a block's channels lie next to each other (CRD), not apart (DCR)
 */
record SpaceToDepth(long block, boolean columnFirst) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("SpaceToDepth", 1, 13, 28);
    }

    @Override
    protected SpaceToDepth parse(Attributes attributes) {
      long block = attributes.integer("blocksize", 1);
      if (block < 1) {
        throw attributes.refuse("blocksize", "at least 1", String.valueOf(block));
      }
      return new SpaceToDepth(block, attributes.choice("mode", "DCR", "DCR", "CRD").equals("CRD"));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long n = x.size(0);
    long c = x.size(1);
    long h = x.size(2) / block;
    long w = x.size(3) / block;
    Tensor blocks = x.reshape(n, c, h, block, w, block);
    Tensor stacked =
        columnFirst ? blocks.permute(0, 1, 3, 5, 2, 4) : blocks.permute(0, 3, 5, 1, 2, 4);
    return List.of(stacked.reshape(n, c * block * block, h, w));
  }
}
