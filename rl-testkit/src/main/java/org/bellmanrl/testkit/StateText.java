package org.bellmanrl.testkit;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/** Saved state as a list of named values, so that a difference between two can be named. */
final class StateText implements State {
  private final List<String> sections = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  /** The state of an object now. */
  static StateText of(Stateful object) {
    StateText text = new StateText();
    object.carry(text);
    return text;
  }

  /** The first value that differs; null if none does. */
  @Nullable Difference difference(StateText actual) {
    int common = Math.min(names.size(), actual.names.size());
    for (int i = 0; i < common; i++) {
      if (!names.get(i).equals(actual.names.get(i))) {
        return new Difference("the order of what is saved", names.get(i), actual.names.get(i));
      }
      if (!values.get(i).equals(actual.values.get(i))) {
        return new Difference(names.get(i), values.get(i), actual.values.get(i));
      }
    }
    return names.size() == actual.names.size()
        ? null
        : new Difference("number of values saved", names.size() + "", actual.names.size() + "");
  }

  private void add(String name, String value) {
    names.add(String.join("/", sections) + "/" + name);
    values.add(value);
  }

  private void addLength(String name, int length) {
    add(name + ".length", Integer.toString(length));
  }

  @Override
  public boolean restoring() {
    return false;
  }

  @Override
  public int begin(String type, int version) {
    sections.add(type);
    add("version", Integer.toString(version));
    return version;
  }

  @Override
  public void end() {
    sections.removeLast();
  }

  @Override
  public long carry(String name, long value) {
    add(name, Long.toString(value));
    return value;
  }

  @Override
  public int carry(String name, int value) {
    add(name, Integer.toString(value));
    return value;
  }

  @Override
  public double carry(String name, double value) {
    add(name, Double.toString(value));
    return value;
  }

  @Override
  public float carry(String name, float value) {
    add(name, Float.toString(value));
    return value;
  }

  @Override
  public boolean carry(String name, boolean value) {
    add(name, Boolean.toString(value));
    return value;
  }

  @Override
  public String carry(String name, String value) {
    add(name, value);
    return value;
  }

  @Override
  public void carry(String name, double[] array, int from, int length) {
    addLength(name, length);
    for (int i = 0; i < length; i++) {
      add(name + "[" + i + "]", Double.toString(array[from + i]));
    }
  }

  @Override
  public double[] carryUpTo(String name, double[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, float[] array, int from, int length) {
    addLength(name, length);
    for (int i = 0; i < length; i++) {
      add(name + "[" + i + "]", Float.toString(array[from + i]));
    }
  }

  @Override
  public float[] carryUpTo(String name, float[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, int[] array, int from, int length) {
    addLength(name, length);
    for (int i = 0; i < length; i++) {
      add(name + "[" + i + "]", Integer.toString(array[from + i]));
    }
  }

  @Override
  public int[] carryUpTo(String name, int[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, long[] array, int from, int length) {
    addLength(name, length);
    for (int i = 0; i < length; i++) {
      add(name + "[" + i + "]", Long.toString(array[from + i]));
    }
  }

  @Override
  public long[] carryUpTo(String name, long[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, byte[] array, int from, int length) {
    addLength(name, length);
    for (int i = 0; i < length; i++) {
      add(name + "[" + i + "]", Byte.toString(array[from + i]));
    }
  }

  @Override
  public byte[] carryUpTo(String name, byte[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, boolean[] array, int from, int length) {
    addLength(name, length);
    for (int i = 0; i < length; i++) {
      add(name + "[" + i + "]", Boolean.toString(array[from + i]));
    }
  }

  @Override
  public boolean[] carryUpTo(String name, boolean[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }
}
