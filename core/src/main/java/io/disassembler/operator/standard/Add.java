package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Add: a + b with multidirectional broadcasting. Opset 7, 13, 14. */
public record Add() implements Elementwise {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Add", 7);
    }

    @Override
    protected Add parse(Attributes attributes) {
      return new Add();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(inputs.get(0).add(inputs.get(1)));
  }
}
