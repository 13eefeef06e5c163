package io.disassembler.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Part of a volume, of a network's size. Patches lie side by side from the first voxel on; the last
 * along an axis ends where the volume does, and shares voxels with the one before. Along an axis on
 * which the volume is smaller there is one, which goes beyond its end.
 *
 * @param depth its first slice
 * @param row its first row
 * @param column its first column
 */
public record Patch(int depth, int row, int column) {
  /** The first of every volume. */
  public static final Patch FIRST = new Patch(0, 0, 0);

  private static final int OUTSIDE = -1;

  /**
   * Those of a volume, slice by slice and row by row.
   *
   * @param volume its size
   * @param size of a patch
   */
  static List<Patch> of(Size volume, Size size) {
    List<Patch> patches = new ArrayList<>();
    for (int depth : starts(volume.depth(), size.depth())) {
      for (int row : starts(volume.height(), size.height())) {
        for (int column : starts(volume.width(), size.width())) {
          patches.add(new Patch(depth, row, column));
        }
      }
    }
    return patches;
  }

  private static int[] starts(int extent, int patch) {
    int[] starts = new int[Math.max(1, (extent + patch - 1) / patch)];
    Arrays.setAll(starts, i -> Math.max(0, Math.min(i * patch, extent - patch)));
    return starts;
  }

  /** For each of its voxels its place in the volume, or -1 beyond the volume's end. */
  int[] places(Size volume, Size size) {
    return places(volume, size, 0, 0, 0);
  }

  /** The same, and -1 where an earlier patch has the voxel too. */
  int[] ownPlaces(Size volume, Size size) {
    return places(
        volume, size, own(depth, size.depth()), own(row, size.height()), own(column, size.width()));
  }

  private static int own(int start, int patch) {
    return (start + patch - 1) / patch * patch - start;
  }

  private int[] places(Size volume, Size size, int fromDepth, int fromRow, int fromColumn) {
    int[] places = new int[size.area()];
    Arrays.fill(places, OUTSIDE);
    int depths = Math.min(size.depth(), volume.depth() - depth);
    int rows = Math.min(size.height(), volume.height() - row);
    int columns = Math.min(size.width(), volume.width() - column);
    for (int d = fromDepth; d < depths; d++) {
      for (int r = fromRow; r < rows; r++) {
        int in = ((depth + d) * volume.height() + row + r) * volume.width() + column;
        int out = (d * size.height() + r) * size.width();
        for (int c = fromColumn; c < columns; c++) {
          places[out + c] = in + c;
        }
      }
    }
    return places;
  }
}
