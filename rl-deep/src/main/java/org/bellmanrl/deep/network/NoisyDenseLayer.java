package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link NoisyDense} in its place. */
final class NoisyDenseLayer extends Layer {
  private final NoisyDense spec;
  private final int inputs;
  private final ParameterBlock weights;
  private final ParameterBlock weightNoise;
  private final ParameterBlock bias;
  private final ParameterBlock biasNoise;

  NoisyDenseLayer(NoisyDense spec, Extent in, Blocks blocks) {
    super(Extent.vector(spec.units()));
    this.spec = spec;
    this.inputs = in.channels();
    this.weights = blocks.block("weights", inputs, spec.units());
    this.weightNoise = blocks.block("weight-noise", inputs, spec.units());
    this.bias = blocks.block("bias", 1, spec.units());
    this.biasNoise = blocks.block("bias-noise", 1, spec.units());
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    double bound = 1 / Math.sqrt(inputs);
    float sigma = (float) (spec.sigma0() * bound);
    weights.fillUniform(parameters, bound, random);
    weightNoise.fill(parameters, sigma);
    bias.fillUniform(parameters, bound, random);
    biasNoise.fill(parameters, sigma);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out);
  }

  private final class Pass extends LayerPass {
    private final DenseProduct product;
    private final Activator activator;
    private final int stride;

    /** f(ε) of the inputs and of the outputs; zero stands for no noise. */
    private final float[] inputNoise = new float[inputs];

    private final float[] outputNoise;

    /** The weights and the bias with their noise, and gradients of these. */
    private final float[] noisyWeights;

    private final float[] noisyBias;
    private final float[] weightGradients;
    private final float[] biasGradients;

    Pass(Kernel kernel, Signal in, Signal out) {
      super(in, out);
      this.product = new DenseProduct(kernel, in, out);
      this.activator = new Activator(kernel, spec.activation(), out);
      this.stride = out.stride;
      this.outputNoise = new float[stride];
      this.noisyWeights = new float[inputs * stride];
      this.noisyBias = new float[stride];
      this.weightGradients = new float[out.hasGradients() ? inputs * stride : 0];
      this.biasGradients = new float[stride];
    }

    @Override
    void sampleNoise(RandomStream random) {
      for (int i = 0; i < inputs; i++) {
        inputNoise[i] = scaled(random.standardNormal());
      }
      for (int n = 0; n < spec.units(); n++) {
        outputNoise[n] = scaled(random.standardNormal());
      }
    }

    private static float scaled(double normal) {
      return (float) (Math.signum(normal) * Math.sqrt(Math.abs(normal)));
    }

    @Override
    void clearNoise() {
      Arrays.fill(inputNoise, 0f);
      Arrays.fill(outputNoise, 0f);
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int i = 0; i < inputs; i++) {
        for (int n = 0; n < stride; n++) {
          noisyWeights[i * stride + n] =
              Math.fma(
                  parameters[weightNoise.index(i, n)],
                  inputNoise[i] * outputNoise[n],
                  parameters[weights.index(i, n)]);
        }
      }
      for (int n = 0; n < stride; n++) {
        noisyBias[n] =
            Math.fma(
                parameters[biasNoise.index(0, n)], outputNoise[n], parameters[bias.index(0, n)]);
      }
      product.forward(noisyWeights, 0, noisyBias, 0, activator, rows);
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      Arrays.fill(biasGradients, 0f);
      activator.gradient(rows, biasGradients, 0);
      if (into != null) {
        Arrays.fill(weightGradients, 0f);
        product.weightGradients(weightGradients, 0, rows);
        addParameterGradients(into);
      }
      product.inputGradients(noisyWeights, 0, rows);
    }

    private void addParameterGradients(float[] into) {
      for (int i = 0; i < inputs; i++) {
        for (int n = 0; n < spec.units(); n++) {
          float gradient = weightGradients[i * stride + n];
          into[weights.index(i, n)] += gradient;
          into[weightNoise.index(i, n)] += gradient * (inputNoise[i] * outputNoise[n]);
        }
      }
      for (int n = 0; n < spec.units(); n++) {
        into[bias.index(0, n)] += biasGradients[n];
        into[biasNoise.index(0, n)] += biasGradients[n] * outputNoise[n];
      }
    }
  }
}
