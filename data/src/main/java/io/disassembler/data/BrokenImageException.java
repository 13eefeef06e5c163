package io.disassembler.data;

import java.io.IOException;

/** An image file that cannot be decoded; the message says why, without the file's name. */
public class BrokenImageException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenImageException(String message) {
    super(message);
  }
}
