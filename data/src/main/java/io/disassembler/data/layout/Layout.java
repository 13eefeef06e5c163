package io.disassembler.data.layout;

import io.disassembler.data.DataSet;

/** A way of laying out images and masks in files. */
interface Layout {
  /** What the user calls it. */
  String name();

  /** What follows the name, such as {@code DIR:SPLIT}. */
  String form();

  /**
   * Lists a data set.
   *
   * @throws io.disassembler.base.InvalidInputException if the folder is not laid out so
   */
  DataSet open(Request request);
}
