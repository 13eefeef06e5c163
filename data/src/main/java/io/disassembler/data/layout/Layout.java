package io.disassembler.data.layout;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import java.util.Optional;

/** A way of laying out images and masks in files. */
interface Layout {
  /** What the user calls it. */
  String name();

  /** What follows the name, such as {@code DIR:SPLIT}. */
  String form();

  /** What the values of its masks mean, if that is the same in every data set laid out so. */
  default Optional<Legend> legend() {
    return Optional.empty();
  }

  /** What networks that were trained on such data sets usually call their categories. */
  default Optional<Legend> names() {
    return legend();
  }

  /**
   * Lists a data set.
   *
   * @throws io.disassembler.base.InvalidInputException if the folder is not laid out so
   */
  DataSet open(Request request);
}
