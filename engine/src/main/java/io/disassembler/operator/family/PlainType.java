package io.disassembler.operator.family;

import io.disassembler.operator.Attributes;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;

/** The type of an operator that has no attributes, or had some before opset 7 that say nothing. */
public abstract class PlainType extends OperatorType {
  private final Operator operator;

  public PlainType(Operator operator, String name, int... versions) {
    super(name, versions);
    this.operator = operator;
  }

  @Override
  protected Operator parse(Attributes attributes) {
    attributes.ignore("consumed_inputs");
    return operator;
  }
}
