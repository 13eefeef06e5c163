package io.disassembler.operator;

import io.disassembler.InvalidInputException;

/**
 * An ONNX operator that we support: its name and how its nodes are parsed. Each operator's file
 * announces its type with {@code @AutoService(OperatorType.class)}.
 */
public abstract class OperatorType {
  private final String domain;
  private final String name;
  private final int since;

  /**
   * An operator of ONNX's own domain.
   *
   * @param since first opset version of the forms that {@link #parse} understands
   */
  protected OperatorType(String name, int since) {
    this("", name, since);
  }

  protected OperatorType(String domain, String name, int since) {
    this.domain = domain;
    this.name = name;
    this.since = since;
  }

  public final String domain() {
    return domain;
  }

  /** ONNX's spelling. */
  public final String name() {
    return name;
  }

  public final int since() {
    return since;
  }

  /**
   * Reads a node's attributes.
   *
   * @throws InvalidInputException through {@link Attributes}, for what cannot be honoured
   */
  protected abstract Operator parse(Attributes attributes);

  /** The operator of the node behind {@code attributes}; an attribute left unread is refused. */
  final Operator create(Attributes attributes) {
    Operator operator = parse(attributes);
    attributes.refuseUnread();
    return operator;
  }
}
