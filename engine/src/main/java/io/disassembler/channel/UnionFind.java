package io.disassembler.channel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Disjoint sets of labels; a set may be pinned, for a reason. */
final class UnionFind {
  private int[] parents = new int[1024];
  private @Nullable String[] reasons = new @Nullable String[1024];
  private int size;

  /** Adds a set of one and returns its label. */
  int add() {
    if (size == parents.length) {
      parents = Arrays.copyOf(parents, 2 * size);
      reasons = Arrays.copyOf(reasons, 2 * size);
    }
    parents[size] = size;
    return size++;
  }

  int size() {
    return size;
  }

  /** The label that stands for the set of {@code label}. */
  int find(int label) {
    int root = label;
    while (parents[root] != root) {
      root = parents[root];
    }
    int next = label;
    while (parents[next] != root) {
      int up = parents[next];
      parents[next] = root;
      next = up;
    }
    return root;
  }

  /**
   * Joins two sets; the smaller root stands for both, so that the order of calls does not matter.
   */
  void unite(int first, int second) {
    int a = find(first);
    int b = find(second);
    if (a == b) {
      return;
    }
    int root = Math.min(a, b);
    int other = Math.max(a, b);
    parents[other] = root;
    if (reasons[root] == null) {
      reasons[root] = reasons[other];
    }
  }

  /** Pins the set of {@code label}; the first reason stays. */
  void pin(int label, String reason) {
    int root = find(label);
    if (reasons[root] == null) {
      reasons[root] = reason;
    }
  }

  /** Why the set of {@code label} is pinned; null if it is not. */
  @Nullable String reason(int label) {
    return reasons[find(label)];
  }
}
