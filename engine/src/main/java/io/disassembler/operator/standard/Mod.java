package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Mod: the remainder of a / b with multidirectional broadcasting.
 *
 * @param likeC the remainder has the sign of a, as C's fmod; false: the sign of b
 */
record Mod(boolean likeC) implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Mod", 10, 13, 28);
    }

    @Override
    protected Mod parse(Attributes attributes) {
      return new Mod(attributes.flag("fmod", false));
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return likeC ? a.fmod(b) : a.remainder(b);
  }
}
