package io.disassembler.explorer.work;

/** How people who take a sub-network's plan home make the sub-network again. */
@FunctionalInterface
public interface Replay {

  /**
   * The line to type.
   *
   * @param model name of the full network's file
   * @param name what the files are called that were taken home: {@code NAME.plan.json}, {@code
   *     NAME.onnx}
   */
  String command(String model, String name);
}
