package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.ElementType;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.PassThrough;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Cast: another element type; floats are truncated to integers, what is not 0 is true. Opset 1
 * (the type by name), 6, 9, 13, 19, 21, 23, 24, 25.
 */
record Cast(ElementType to) implements PassThrough {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Cast", 1, 6, 9, 13, 19, 21, 23, 24, 25, 28);
    }

    @Override
    protected Cast parse(Attributes attributes) {
      attributes.ignore("saturate", "round_mode"); // they concern 8-bit floats only
      return new Cast(attributes.opset() < 6 ? byName(attributes) : byCode(attributes));
    }

    private static ElementType byName(Attributes attributes) {
      String name = attributes.text("to", "");
      return Arrays.stream(ElementType.values())
          .filter(type -> type.name().equals(name))
          .findFirst()
          .orElseThrow(() -> refuse(attributes, name));
    }

    private static ElementType byCode(Attributes attributes) {
      long code = attributes.integer("to", 0);
      return ElementType.ofCode(code).orElseThrow(() -> refuse(attributes, "type " + code));
    }

    private static RuntimeException refuse(Attributes attributes, String found) {
      return attributes.refuse("to", "a number or boolean type", found);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(inputs.get(0).to(TensorData.scalarType(to)));
  }

  @Override
  public Decision decision() {
    return Decision.HANDED_ON;
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
