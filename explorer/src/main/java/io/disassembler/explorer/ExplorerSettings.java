package io.disassembler.explorer;

import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Replay;
import org.jspecify.annotations.Nullable;

/**
 * How the explorer is served and how much it looks at.
 *
 * @param host name or address to listen at
 * @param port to listen at; 0 for any that is free
 * @param measured images that sub-networks are measured on
 * @param searched images that are searched for what excites a channel
 * @param limits what clients may send
 * @param replay what reports say of making a sub-network again; null for nothing but its plan
 */
public record ExplorerSettings(
    String host, int port, int measured, int searched, Limits limits, @Nullable Replay replay) {

  /** On this machine only. */
  public static final ExplorerSettings DEFAULT =
      new ExplorerSettings("localhost", 0, 8, 48, Limits.DEFAULT, null);
}
