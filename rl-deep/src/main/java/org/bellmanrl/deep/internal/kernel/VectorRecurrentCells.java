package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Recurrent cells by the Vector API. Where the machine's vectors are longer than the units, what is
 * left of each row is plain.
 */
final class VectorRecurrentCells implements RecurrentCells {
  private static final VectorSpecies<Float> WIDE = VectorLanes.WIDE;
  private static final int L = WIDE.length();

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
    int whole = units / L * L;
    for (int r = first; r < first + rows && whole > 0; r++) {
      int g = 4 * r * units;
      int at = r * units;
      if (whole == units) {
        VectorActivations.logistic(gates, g, g + 3 * units);
      } else {
        VectorActivations.logistic(gates, g, g + whole);
        VectorActivations.logistic(gates, g + units, g + units + whole);
        VectorActivations.logistic(gates, g + 2 * units, g + 2 * units + whole);
      }
      VectorActivations.tanh(gates, g + 3 * units, g + 3 * units + whole);
      for (int u = 0; u < whole; u += L) {
        FloatVector input = FloatVector.fromArray(WIDE, gates, g + u);
        FloatVector forget = FloatVector.fromArray(WIDE, gates, g + units + u);
        FloatVector fresh = FloatVector.fromArray(WIDE, gates, g + 3 * units + u);
        FloatVector c = forget.fma(FloatVector.fromArray(WIDE, before, at + u), input.mul(fresh));
        c.intoArray(cells, at + u);
        c.intoArray(squashed, at + u);
      }
      VectorActivations.tanh(squashed, at, at + whole);
      for (int u = 0; u < whole; u += L) {
        FloatVector.fromArray(WIDE, gates, g + 2 * units + u)
            .mul(FloatVector.fromArray(WIDE, squashed, at + u))
            .intoArray(out, at + u);
      }
    }
    for (int r = first; r < first + rows && whole < units; r++) {
      PlainRecurrentCells.lstmTail(r, whole, units, gates, before, cells, squashed, out);
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
    int whole = units / L * L;
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    for (int r = 0; r < rows; r++) {
      int g = 4 * (first + r) * units;
      int at = (first + r) * units;
      int place = r * units;
      for (int u = 0; u < whole; u += L) {
        FloatVector i = FloatVector.fromArray(WIDE, gates, g + u);
        FloatVector f = FloatVector.fromArray(WIDE, gates, g + units + u);
        FloatVector o = FloatVector.fromArray(WIDE, gates, g + 2 * units + u);
        FloatVector n = FloatVector.fromArray(WIDE, gates, g + 3 * units + u);
        FloatVector t = FloatVector.fromArray(WIDE, squashed, at + u);
        FloatVector dh = FloatVector.fromArray(WIDE, dOut, at + u);
        FloatVector dc =
            dh.mul(o).fma(t.neg().fma(t, one), FloatVector.fromArray(WIDE, dCells, place + u));
        FloatVector c = FloatVector.fromArray(WIDE, before, at + u);
        dc.mul(n).mul(i).mul(one.sub(i)).intoArray(dGates, g + u);
        dc.mul(c).mul(f).mul(one.sub(f)).intoArray(dGates, g + units + u);
        dh.mul(t).mul(o).mul(one.sub(o)).intoArray(dGates, g + 2 * units + u);
        dc.mul(i).mul(n.neg().fma(n, one)).intoArray(dGates, g + 3 * units + u);
        dc.mul(f).intoArray(dCells, place + u);
        FloatVector.zero(WIDE).intoArray(hidden, place + u);
      }
      if (whole < units) {
        PlainRecurrentCells.lstmGradientTail(
            first + r, r, whole, units, gates, before, squashed, dOut, dGates, dCells, hidden);
      }
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
    int whole = units / L * L;
    int width = Kernel.stride(3 * units);
    for (int r = first; r < first + rows && whole > 0; r++) {
      int g = r * width;
      int at = r * units;
      for (int u = 0; u < whole; u += L) {
        FloatVector.fromArray(WIDE, gates, g + u)
            .add(FloatVector.fromArray(WIDE, fromState, g + u))
            .intoArray(gates, g + u);
        FloatVector.fromArray(WIDE, gates, g + units + u)
            .add(FloatVector.fromArray(WIDE, fromState, g + units + u))
            .intoArray(gates, g + units + u);
      }
      if (whole == units) {
        VectorActivations.logistic(gates, g, g + 2 * units);
      } else {
        VectorActivations.logistic(gates, g, g + whole);
        VectorActivations.logistic(gates, g + units, g + units + whole);
      }
      for (int u = 0; u < whole; u += L) {
        int n = g + 2 * units + u;
        FloatVector.fromArray(WIDE, gates, g + u)
            .fma(FloatVector.fromArray(WIDE, fromState, n), FloatVector.fromArray(WIDE, gates, n))
            .intoArray(gates, n);
      }
      VectorActivations.tanh(gates, g + 2 * units, g + 2 * units + whole);
      for (int u = 0; u < whole; u += L) {
        FloatVector n = FloatVector.fromArray(WIDE, gates, g + 2 * units + u);
        FloatVector.fromArray(WIDE, gates, g + units + u)
            .fma(FloatVector.fromArray(WIDE, before, at + u).sub(n), n)
            .intoArray(out, at + u);
      }
    }
    for (int r = first; r < first + rows && whole < units; r++) {
      PlainRecurrentCells.gruTail(r, whole, units, gates, fromState, before, out);
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
    int whole = units / L * L;
    int width = Kernel.stride(3 * units);
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    for (int row = 0; row < rows; row++) {
      int g = (first + row) * width;
      int at = (first + row) * units;
      for (int u = 0; u < whole; u += L) {
        FloatVector r = FloatVector.fromArray(WIDE, gates, g + u);
        FloatVector z = FloatVector.fromArray(WIDE, gates, g + units + u);
        FloatVector n = FloatVector.fromArray(WIDE, gates, g + 2 * units + u);
        FloatVector dh = FloatVector.fromArray(WIDE, dOut, at + u);
        FloatVector dn = dh.mul(one.sub(z)).mul(n.neg().fma(n, one));
        FloatVector dr =
            dn.mul(FloatVector.fromArray(WIDE, fromState, g + 2 * units + u))
                .mul(r)
                .mul(one.sub(r));
        FloatVector dz =
            dh.mul(FloatVector.fromArray(WIDE, before, at + u).sub(n)).mul(z).mul(one.sub(z));
        dr.intoArray(dGates, g + u);
        dz.intoArray(dGates, g + units + u);
        dn.intoArray(dGates, g + 2 * units + u);
        dr.intoArray(dFromState, g + u);
        dz.intoArray(dFromState, g + units + u);
        dn.mul(r).intoArray(dFromState, g + 2 * units + u);
        dh.mul(z).intoArray(hidden, row * units + u);
      }
      if (whole < units) {
        PlainRecurrentCells.gruGradientTail(
            first + row,
            row,
            whole,
            units,
            gates,
            fromState,
            before,
            dOut,
            dGates,
            dFromState,
            hidden);
      }
    }
  }
}
