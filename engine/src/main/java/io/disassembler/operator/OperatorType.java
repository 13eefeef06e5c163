package io.disassembler.operator;

import io.disassembler.base.InvalidInputException;

/**
 * An ONNX operator that we support: its name and how its nodes are parsed. Each operator's file
 * announces its type with {@code @AutoService(OperatorType.class)}.
 */
public abstract class OperatorType {
  private final String domain;
  private final String name;
  private final int[] versions;

  /**
   * An operator of ONNX's own domain.
   *
   * @param versions the opset versions that brought the forms that {@link #parse} understands,
   *     ascending
   */
  protected OperatorType(String name, int... versions) {
    this("", name, versions);
  }

  protected OperatorType(String domain, String name, int... versions) {
    this.domain = domain;
    this.name = name;
    this.versions = versions.clone();
  }

  public final String domain() {
    return domain;
  }

  /** ONNX's spelling. */
  public final String name() {
    return name;
  }

  /** First opset version of the forms that we support. */
  public final int since() {
    return versions[0];
  }

  /** The opset versions that brought the forms that we support, ascending. */
  public final int[] versions() {
    return versions.clone();
  }

  /**
   * Reads a node's attributes.
   *
   * @throws InvalidInputException through {@link Attributes}, for what cannot be honoured
   */
  protected abstract Operator parse(Attributes attributes);

  /**
   * The operator of the node behind {@code attributes}; an attribute left unread is refused, and so
   * is an opset in which there was no form that we read.
   */
  final Operator create(Attributes attributes) {
    attributes.refuseBefore(since());
    Operator operator;
    try {
      operator = parse(attributes);
    } catch (ArithmeticException e) {
      throw attributes.tooLarge(e);
    }
    attributes.refuseUnread();
    return operator;
  }
}
