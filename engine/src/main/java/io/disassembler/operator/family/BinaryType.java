package io.disassembler.operator.family;

import io.disassembler.operator.Attributes;
import io.disassembler.operator.Operator;

/**
 * The type of a {@link Binary} operator. Before opset 7 broadcasting had to be asked for, and could
 * start at an axis instead of lining up from the right.
 */
public abstract class BinaryType extends PlainType {
  private final Binary operator;

  public BinaryType(Binary operator, String name, int... versions) {
    super(operator, name, versions);
    this.operator = operator;
  }

  @Override
  protected Operator parse(Attributes attributes) {
    attributes.ignore("broadcast");
    long axis = attributes.integer("axis", -1);
    return axis < 0 ? super.parse(attributes) : new AlignedFrom(operator, Math.toIntExact(axis));
  }
}
