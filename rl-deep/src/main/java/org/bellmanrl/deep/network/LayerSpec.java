package org.bellmanrl.deep.network;

/** One layer of a {@link NetworkSpec}, as data. */
public sealed interface LayerSpec
    permits BatchRenormalization,
        Convolution2d,
        Dense,
        Dropout,
        Dueling,
        Embedding,
        Expectation,
        Flatten,
        Gru,
        HypersphericalBlock,
        HypersphericalEmbedding,
        ImplicitQuantiles,
        LayerNormalization,
        Lstm,
        NoisyDense,
        Parallel,
        ResidualBlock,
        StateDependentNoise {}
