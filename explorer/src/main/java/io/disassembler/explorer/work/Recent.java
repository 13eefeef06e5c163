package io.disassembler.explorer.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was asked for last, up to a number of things: the one that was not asked for longest goes
 * first. For use by many threads.
 */
public final class Recent<K, V> {
  private final int most;
  private final Consumer<V> dropped;
  private final LinkedHashMap<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param dropped told of every value that goes
   */
  public Recent(int most, Consumer<V> dropped) {
    this.most = most;
    this.dropped = dropped;
  }

  public Recent(int most) {
    this(most, value -> {});
  }

  public Optional<V> get(K key) {
    synchronized (values) {
      return Optional.ofNullable(values.get(key));
    }
  }

  public void put(K key, V value) {
    List<V> gone = new ArrayList<>();
    synchronized (values) {
      V old = values.put(key, value);
      if (old != null && old != value) {
        gone.add(old);
      }
      while (values.size() > most) {
        Map.Entry<K, V> eldest = values.entrySet().iterator().next();
        values.remove(eldest.getKey());
        gone.add(eldest.getValue());
      }
    }
    gone.forEach(dropped);
  }

  int size() {
    synchronized (values) {
      return values.size();
    }
  }

  void clear() {
    List<V> gone;
    synchronized (values) {
      gone = List.copyOf(values.values());
      values.clear();
    }
    gone.forEach(dropped);
  }
}
