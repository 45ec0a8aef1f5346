package org.bellmanrl.deep.internal.kernel;

/** Recurrent cells in plain Java. */
final class PlainRecurrentCells implements RecurrentCells {
  @Override
  public void lstm(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] cells,
      float[] squashed,
      float[] out) {
    for (int r = first; r < first + rows; r++) {
      lstmTail(r, 0, units, gates, before, cells, squashed, out);
    }
  }

  /** The units of a row from {@code from} on. */
  static void lstmTail(
      int row,
      int from,
      int units,
      float[] gates,
      float[] before,
      float[] cells,
      float[] squashed,
      float[] out) {
    int g = 4 * row * units;
    int at = row * units;
    for (int u = from; u < units; u++) {
      float i = Transcendental.logistic(gates[g + u]);
      float f = Transcendental.logistic(gates[g + units + u]);
      float o = Transcendental.logistic(gates[g + 2 * units + u]);
      float n = Transcendental.tanh(gates[g + 3 * units + u]);
      gates[g + u] = i;
      gates[g + units + u] = f;
      gates[g + 2 * units + u] = o;
      gates[g + 3 * units + u] = n;
      float c = Math.fma(f, before[at + u], i * n);
      float t = Transcendental.tanh(c);
      cells[at + u] = c;
      squashed[at + u] = t;
      out[at + u] = o * t;
    }
  }

  @Override
  public void lstmGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] squashed,
      float[] dOut,
      float[] dGates,
      float[] dCells,
      float[] hidden) {
    for (int r = 0; r < rows; r++) {
      lstmGradientTail(
          first + r, r, 0, units, gates, before, squashed, dOut, dGates, dCells, hidden);
    }
  }

  /** The units of a row from {@code from} on; {@code place} is its row in dCells and hidden. */
  static void lstmGradientTail(
      int row,
      int place,
      int from,
      int units,
      float[] gates,
      float[] before,
      float[] squashed,
      float[] dOut,
      float[] dGates,
      float[] dCells,
      float[] hidden) {
    int g = 4 * row * units;
    int at = row * units;
    for (int u = from; u < units; u++) {
      float i = gates[g + u];
      float f = gates[g + units + u];
      float o = gates[g + 2 * units + u];
      float n = gates[g + 3 * units + u];
      float t = squashed[at + u];
      float dh = dOut[at + u];
      float dc = Math.fma(dh * o, Math.fma(-t, t, 1f), dCells[place * units + u]);
      dGates[g + u] = dc * n * i * (1f - i);
      dGates[g + units + u] = dc * before[at + u] * f * (1f - f);
      dGates[g + 2 * units + u] = dh * t * o * (1f - o);
      dGates[g + 3 * units + u] = dc * i * Math.fma(-n, n, 1f);
      dCells[place * units + u] = dc * f;
      hidden[place * units + u] = 0f;
    }
  }

  @Override
  public void gru(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] out) {
    for (int r = first; r < first + rows; r++) {
      gruTail(r, 0, units, gates, fromState, before, out);
    }
  }

  /** The units of a row from {@code from} on. */
  static void gruTail(
      int row, int from, int units, float[] gates, float[] fromState, float[] before, float[] out) {
    int g = row * Kernel.stride(3 * units);
    int at = row * units;
    for (int u = from; u < units; u++) {
      float r = Transcendental.logistic(gates[g + u] + fromState[g + u]);
      float z = Transcendental.logistic(gates[g + units + u] + fromState[g + units + u]);
      float sum = Math.fma(r, fromState[g + 2 * units + u], gates[g + 2 * units + u]);
      float n = Transcendental.tanh(sum);
      gates[g + u] = r;
      gates[g + units + u] = z;
      gates[g + 2 * units + u] = n;
      out[at + u] = Math.fma(z, before[at + u] - n, n);
    }
  }

  @Override
  public void gruGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] dOut,
      float[] dGates,
      float[] dFromState,
      float[] hidden) {
    for (int r = 0; r < rows; r++) {
      gruGradientTail(
          first + r, r, 0, units, gates, fromState, before, dOut, dGates, dFromState, hidden);
    }
  }

  /** The units of a row from {@code from} on; {@code place} is its row in hidden. */
  static void gruGradientTail(
      int row,
      int place,
      int from,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] dOut,
      float[] dGates,
      float[] dFromState,
      float[] hidden) {
    int g = row * Kernel.stride(3 * units);
    int at = row * units;
    for (int u = from; u < units; u++) {
      float r = gates[g + u];
      float z = gates[g + units + u];
      float n = gates[g + 2 * units + u];
      float dh = dOut[at + u];
      float dn = dh * (1f - z) * Math.fma(-n, n, 1f);
      float dr = dn * fromState[g + 2 * units + u] * r * (1f - r);
      float dz = dh * (before[at + u] - n) * z * (1f - z);
      dGates[g + u] = dr;
      dGates[g + units + u] = dz;
      dGates[g + 2 * units + u] = dn;
      dFromState[g + u] = dr;
      dFromState[g + units + u] = dz;
      dFromState[g + 2 * units + u] = dn * r;
      hidden[place * units + u] = dh * z;
    }
  }
}
