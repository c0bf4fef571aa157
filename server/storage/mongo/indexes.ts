import type { Model } from 'mongoose';

/**
 * Makes the indexes that the model's schema names and that are missing. Nothing is dropped and nothing is made anew: an index that is
 * not named here may be a newer program's. Throws a plain Error when one of that name stands with another meaning.
 */
export async function makeIndexes<D>(model: Model<D>): Promise<void> {
  await model.createCollection();
  for (const [fields, options] of model.schema.indexes()) {
    const { name, unique } = options as { name: string; unique?: boolean };
    await model.collection
      .createIndex(fields as Record<string, 1>, { name, ...(unique ? { unique } : {}) })
      .catch((error: unknown) => {
        throw conflicting(error)
          ? new Error(
              `index ${model.collection.name}.${name} stands in the database with another meaning: a changed index needs a new name`,
              { cause: error },
            )
          : error;
      });
  }
}

/** IndexOptionsConflict, IndexKeySpecsConflict. */
const conflicting = (error: unknown) => [85, 86].includes((error as { code?: number }).code ?? 0);
