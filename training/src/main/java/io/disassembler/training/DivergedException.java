package io.disassembler.training;

/** Training went where numbers end: the loss or a gradient is not finite. */
public class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(String message) {
    super(message);
  }
}
